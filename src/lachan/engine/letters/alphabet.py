"""Capital and small letters of Vietnamese, as character classes: ranges such as À-Ỹ hold both."""

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"

LOWER = "a-zđ" + _VOWELS.replace("a", "", 1)
UPPER = "A-ZĐ" + _VOWELS.upper().replace("A", "", 1)
