"""Makes the fonts of this folder. Needed only when a font changes; see README.md."""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
PRODUCT_FONT = HERE / "../../../public/fonts/instrument-sans.woff2"
STYLES = {"Regular": 400, "SemiBold": 600}
FEATURES = ["kern", "tnum", "liga", "locl", "ccmp", "mark", "mkmk"]

# What a European name, an address and an amount can hold: first and last character of each range.
FALLBACK = [
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x02B9, 0x02DD), (0x0300, 0x036F),  # Latin, accents
    (0x0370, 0x03FF), (0x0400, 0x052F), (0x1E00, 0x1FFF),  # Greek, Cyrillic, Vietnamese
    (0x2000, 0x206F), (0x20A0, 0x20C0), (0x2100, 0x214F), (0x2212, 0x2212),  # punctuation, currencies
    (0xFFFD, 0xFFFD),  # stands for all else
]
SLICES = ["latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext"]


def shrink(font, characters):
    """Leaves out what a PDF does not need: other features, hints for screens, names of glyphs."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.hinting = False
    options.glyph_names = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters & set(font.getBestCmap()))
    subsetter.subset(font)


def rename(font, family, style):
    """Names a static font, so that PDF readers list it as what it is."""
    names = {
        1: family if style == "Regular" else f"{family} {style}",
        2: "Regular",
        4: f"{family} {style}",
        6: f"{family.replace(' ', '')}-{style}",
        16: family,
        17: style,
    }
    for identifier, name in names.items():
        font["name"].removeNames(nameID=identifier)
        font["name"].setName(name, identifier, 3, 1, 0x409)


def instrument_sans(style, weight):
    font = instancer.instantiateVariableFont(TTFont(PRODUCT_FONT), {"wght": weight})
    font.flavor = None
    shrink(font, set(font.getBestCmap()))
    rename(font, "Instrument Sans", style)
    font.save(HERE / f"InstrumentSans-{style}.ttf")


def noto_sans(package, style, weight, folder):
    slices = []
    for name in SLICES:
        font = TTFont(package / "files" / f"noto-sans-{name}-{weight}-normal.woff2")
        font.flavor = None
        path = folder / f"{name}-{weight}.ttf"
        font.save(path)
        slices.append(str(path))
    font = Merger().merge(slices)
    shrink(font, {code for first, last in FALLBACK for code in range(first, last + 1)})
    rename(font, "Noto Sans", style)
    font.save(HERE / f"NotoSans-{style}.ttf")


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: make.py <unpacked package @fontsource/noto-sans> <folder for the slices>")
    package, folder = map(Path, sys.argv[1:])
    for style, weight in STYLES.items():
        instrument_sans(style, weight)
        noto_sans(package, style, weight, folder)


main()
