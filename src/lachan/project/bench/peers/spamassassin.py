"""SpamAssassin, as Debian ships it: its own rules, none of its network tests, and Bayes trained on the messages."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lachan.project.bench.peers.trial import Message, Texts, Trial

_SCRIPT = Path(__file__).with_suffix(".pl")


def trial(messages: Sequence[Message], texts: Texts) -> Trial:
    """One process learns and scores all, so that loading its rules is not counted with the messages."""
    with tempfile.TemporaryDirectory(prefix="lachan-spamassassin-") as folder:
        asked = {"learn": [[one.text, one.bad] for one in messages], "check": texts}
        done = subprocess.run(
            ["perl", "-T", _SCRIPT, folder], input=json.dumps(asked), capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(done.stderr)
    said = json.loads(done.stdout)
    return Trial(said["scores"], said["train_s"], said["check_s"])
