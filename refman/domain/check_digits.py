"""Check digits of ISBN and ISSN (ISO 2108, ISO 3297)."""

_TEN = 10
_THIRTEEN = 13
_EIGHT = 8
_ELEVEN = 11


def is_isbn(text: str) -> bool:
    """True for 10 or 13 digits with the right check digit; hyphens and blanks do not count."""
    digits = _digits(text)
    if len(digits) == _TEN:
        return _sum_is_whole(digits)
    if len(digits) != _THIRTEEN or not digits.isdigit() or not digits.startswith(("978", "979")):
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % _TEN == 0


def is_issn(text: str) -> bool:
    """True for 8 digits with the right check digit; hyphens and blanks do not count."""
    digits = _digits(text)
    return len(digits) == _EIGHT and _sum_is_whole(digits)


def _digits(text: str) -> str:
    return text.replace("-", "").replace(" ", "").upper()


def _sum_is_whole(digits: str) -> bool:
    """Weights go down to 1 at the check digit, which may be X for 10; the sum is a multiple of 11."""
    front, last = digits[:-1], digits[-1]
    if not (front.isascii() and front.isdigit() and last in "0123456789X"):
        return False
    total = _TEN if last == "X" else int(last)
    return (total + sum(int(digit) * weight for digit, weight in zip(front[::-1], range(2, 99), strict=False))) % (
        _ELEVEN
    ) == 0
