"""Write the Chinese font that comes with the package, Regular and Bold: run it as ``python -m tools.chinese_font``.

It has the signs of GB 2312 and the characters of its level 1, those of Chinese names beyond it, and all that the
package's texts, notebooks, templates and editions use; and what it shares with matplotlib's own font, so that each
character is always drawn by the same one. The same packages give the same bytes.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from govtransparency.plot.font_files import (
    CHINESE,
    SUBSET,
    WEIGHTS,
    characters_of,
    dejavu_file,
    source_of,
    static_font,
    subset_file,
)

ROOT = Path(__file__).resolve().parent.parent
TEXTS = (
    "data/raw/**/*.csv",
    "data/raw/**/*.toml",
    "docs/*.md",
    "govtransparency/**/*.py",
    "govtransparency/report/render/templates/**/*.*",
    "notebooks/**/*.ipynb",
    "*.md",
)
# In the names of provinces, cities, counties, districts and peoples, and in those of persons, beyond level 1.
NAMES = (
    "亳儋兖冼勐剡邗邛邡邢邬邰邳邵邺邻郏郓郢郦郧郯郴郸鄂鄄鄞鄠鄢鄯鄱酃埇埕塬墉夔偃傣佤仡佬仫傈僳畲瑶彝"
    "岱岚岢岫岷峄峒峤峨崂崃崆崮崴嵊嵋嵖嵩岈汨汴汶沁沂沅沔沭沱泓泗泸泾洙洮洱洵洺浉浏浔浚浠浯涞涟涠涡涪涿淄淅淇淝"
    "淳渌渑湄湟湫溧溆溱滁滏滕滦漯潍潞潢澧濂濉濠濮瀍瀛灞杞枞柘栾桓桷桠梓梵棣楠榕樊檀珙琅琊琼瑷瓯璧璞"
    "睢瞿砀砬硖碚碣磴磐禹秭稷筠箐缙耒耆胪芗芙芜芷茌茯茭荥荔莒莘莞菏葑蓟蓥蔚藁蛟蠡衢褒诏谯赉遂醴铎闽阆隰雍颍"
    "鲅麒麟黔黟甪猇浐沣沨潼滠灄滘涌埔圳圩圪坻垌垭埝埭堰塍墩漷坨垡猗猫禺岙岬岽嵛嶂嵫珲桦楂槐樟橦潆漩滹沱沩"
    "鄮鄌郾鄣邕邯郫鄜阌阕缑绛綦罟罘莆萁蒗蒯薨蕲蔺藜虢衮衡裴觊訾谌谡贲赟跸踅轸轵辋郃郜郝郗郅颛颙飒骅骐鬲"
    "佟岑翟阮糜闫鑫淼焱犇昊琪瑾瑜璇琳婷妍娅嫣晗昱炜烨煜钰骏馨倩翊翀昕晏晟旻昉昀曦曜炀炯烜焯熠燊玥玮玙珂珏珺"
    "琛琦琨琬琰瑄瑛瑞瑢璐璟瓒皓睿硕祎祺禧稞笙筱绮缪羿翎翙翰聿芃芊芮苒苡茜荃荟莉菁菡萱葳蓓蔓薇薏蘅虞诩诗谦"
    "轩辕迪逸邈郁钊钧铄铠锴镕闵闳霏霖靓靖韬韵颀颉颢飏骁骞骥鸢鸿鹏麾龚俨俪倓傅僖儆冉凇劭劼勖卉卓厍叶呙喆嘉嘏"
)


def gb_2312() -> set[str]:
    """Return the signs of GB 2312 and the 3,755 characters of its level 1."""
    pairs = (bytes([row, cell]) for row in (*range(0xA1, 0xAA), *range(0xB0, 0xD8)) for cell in range(0xA1, 0xFF))
    return {character for pair in pairs for character in pair.decode("gb2312", errors="ignore")}


def wanted() -> frozenset[str]:
    """Return the characters of the subset, those of the source alone."""
    files = [path for pattern in TEXTS for path in ROOT.glob(pattern)]
    texts = set().union(*(path.read_text(encoding="utf-8") for path in files))
    own = characters_of(source_of(CHINESE))
    return own & (texts | gb_2312() | set(NAMES) | characters_of(dejavu_file(400)))


def main() -> None:
    """Write both weights and the font's licence."""
    for weight in WEIGHTS:
        path = subset_file(weight)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(static_font(source_of(CHINESE), SUBSET, weight, wanted()))
    shutil.copyfile(source_of(CHINESE).with_name("OFL.txt"), path.with_name("OFL.txt"))


if __name__ == "__main__":
    main()
