"""What is usually tried first: TF-IDF of words and of letters, under a linear model. From scikit-learn."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from lachan.engine.vietnamese import fold
from lachan.project.bench.peers.trial import Message, Texts, Trial, scored, spent


def logistic(messages: Sequence[Message], texts: Texts) -> Trial:
    """Logistic regression; classes weigh the same."""
    return _trial(LogisticRegression(C=10, max_iter=1000, class_weight="balanced"), messages, texts)


def svm(messages: Sequence[Message], texts: Texts) -> Trial:
    """A linear support vector machine."""
    return _trial(LinearSVC(), messages, texts)


def _trial(model: Any, messages: Sequence[Message], texts: Texts) -> Trial:
    """Words and pairs, and 2 to 5 letters inside words, all without marks, which does better on these messages than with them."""
    whole = make_pipeline(
        make_union(
            TfidfVectorizer(analyzer=_words_and_pairs, sublinear_tf=True),
            TfidfVectorizer(preprocessor=fold, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        ),
        model,
    )
    began = spent()
    whole.fit([one.text for one in messages], [one.bad for one in messages])
    taken = spent() - began
    return scored(texts, lambda asked: [float(score) for score in whole.decision_function(asked)], taken)


def _words_and_pairs(text: str) -> list[str]:
    words = fold(text).split()
    return [*words, *map(" ".join, pairwise(words))]
