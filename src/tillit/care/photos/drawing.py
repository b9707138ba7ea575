"""A picture that came in, drawn anew: what we keep was made here, and holds nothing but what is seen.

Place, time, camera and thumbnails are left behind, and whatever else lay in the file. What unfolds to more than it
should is refused before it is unfolded.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

#: The file as it comes from the phone, in bytes.
LARGEST_FILE = 15 * 1024 * 1024
#: Picture points before it is made smaller: more than any phone takes in one picture.
MOST_POINTS = 60_000_000
#: The longer side of what is kept: enough to see the edge of a wound, and to read a form.
LONGEST_SIDE = 2000
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP")


class NotAPicture(ValueError):
    """It cannot be read as a picture of a kind we take."""


class TooLarge(ValueError):
    """The file is too large, or would unfold to too much."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is kept: a JPEG, and its size in points."""

    content: bytes
    width: int
    height: int


def draw_anew(file: bytes) -> Drawn:
    """Return the picture drawn anew, the right way up, no longer side above LONGEST_SIDE.

    Raises NotAPicture, TooLarge. Whatever the decoder stumbles in is NotAPicture: a file is never a reason to break.
    """
    if len(file) > LARGEST_FILE:
        raise TooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(file), formats=FORMATS) as found:
                if found.width * found.height > MOST_POINTS:
                    raise TooLarge
                upright = ImageOps.exif_transpose(found)
                picture = _on_white(upright)
                picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except TooLarge:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise TooLarge from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, OverflowError):
        raise NotAPicture from None
    plain = Image.new("RGB", picture.size)  # nothing the decoder remembered comes along
    plain.paste(picture)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Drawn(out.getvalue(), plain.width, plain.height)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return picture.convert("RGB")
