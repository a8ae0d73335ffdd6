"""What is said of the schema of a file, in both languages."""

import pytest

from govtransparency import InputError, SchemaNotice
from govtransparency.schema import CURRENT, at_current_schema


def test_the_notice_on_an_older_file_is_in_both_languages():
    old = {"rank": {"second": "p"}}
    with pytest.warns(SchemaNotice) as caught:
        at_current_schema(old, file="recipe.json", within=("recipe",))
    text = caught[0].message.text
    assert text == (
        f"recipe.json：没有schema编号；按schema {CURRENT}读取，rank.second改称rank.tie_breakers。"
        "运行“govtransparency upgrade”可改写该文件",
        f"recipe.json: no schema number; read as schema {CURRENT}, rank.second as rank.tie_breakers. "
        "`govtransparency upgrade` rewrites it",
    )
    assert str(caught[0].message) == text.en


@pytest.mark.parametrize(
    ("data", "zh"),
    [
        ({"schema": 0}, "schema 为“0”：应为不小于1的整数"),
        (
            {"schema": CURRENT + 1},
            f"schema {CURRENT + 1}高于当前版本的govtransparency可读取的schema {CURRENT}；请安装较新的版本",
        ),
        ({"schema": 1, "rank": {"second": "p"}}, "rank.second自schema 1起改称“tie_breakers”；请改用新名"),
        (
            {"rank": {"second": "p", "tie_breakers": "q"}},
            "rank.second是“tie_breakers”的旧名；两者只保留一个",
        ),
    ],
)
def test_a_schema_is_refused_in_chinese_too(data, zh):
    with pytest.raises(InputError) as caught:
        at_current_schema(data, file="recipe.json", within=("recipe",))
    assert caught.value.texts[0].zh == zh
