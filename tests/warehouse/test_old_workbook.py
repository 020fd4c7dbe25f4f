"""Old workbooks are read with their formats, merged cells and errors; what is no table is refused by its kind."""

import base64
import gzip
import io
import zipfile
from pathlib import Path

import pytest
from tables import read, remarks, set_aside

from warehouse.errors import BadInput
from warehouse.intake.feed import load_feeds

pytestmark = pytest.mark.rule("read-as-written")

REGISTRY = load_feeds()["registry__firms"]
OLD = gzip.decompress(
    base64.b85decode(
        "ABzY8000000t4+>O=uHQ5T4oHm>(0H#40pGEd{IA3XRdC2OEE?9;DmWDpsqg(GWyUC8(GRwf^KJML`f05d=MWsrBLyis(TQ6#P2~"
        "g4!tJK?Fqw588F!>`P2+lm@gA*$Hp<y*D%8&d$uf_p%Qk_y*5j3Z&r|Y6KOA3@41qnL}#M%)kpIHw@9uTpiR5i%N=|4oc)08(jC?"
        "w~HK#e5XNy0qr(%fLGMk!A{V-;?b&6q($t*CKNu*M~!Mvfz#B+K?VEeXTF*Fc;**b_XhI?Jk!T~KIsnPT6hrFYv;;3?og^phJ+^g"
        "6}EZC+Ci8AcSRlVKZd5R4HhQ0ZrWaAf=bN|=YUeWEE<m{#JCL3g9~5{(ah%NnN3ZDP)_MS2VaaTfX|ut`c{=SKf3b>H2*b!-u|0;"
        "2PN^>`QwTP&<n;!6vdnZH=s>O6!ffI)t;iHf3l0pKztkh1}^lItc;gyeAxqfV=~Z^Zke|GwT^q~J;RoO?pgUENnLN`UiX{m<QR4L"
        "?HM?7Ie{C==1gZpw5hKy<}mE~;x?y2aPxwpP<^nzp?P7wpx~V4F2EhJ7wgyPKK)U$H{y)7p4i^@wVfR7=zQNZ++<d0i8QIu?{wyx"
        "4A%_>=Sf}EyW0P(JG&z&bzPBxqq(~Dy6km{4UHE-Z{7mv;bp;1d<#WN^nJWIcqwMzE_{649BB=2;F(_D^vtbsipT>Pa6nj)@i>;)"
        "vb>fpW-vd<sFS!KU|vo-bggNfAUjJBvCd(Z*3f-IOi#j7bNbV$pL*AJwKDZOJe~Ue%hKKD{ZGSZp_;bpEh6jmI|OxDho?>ox)#n{"
        "Q7)p-nO6*3P#ua_`fkYmzYM;MC4|Vw+#HGMV0NU)SeYZ0MrwAX(MXfXSO6Ir*(UXokwrdw6c=v*eu#G~QYMh?S(!k7Y&VgW0>}y@"
        "J0!B1QKz(47&#%4l`Qg2(pRL<0#_}7t1_-j;;M{0R^qCRyGP=xc^<2bdt|)nvBt5<N7fkGEs-@w_6QFY2aQCOYtfWsaNo$737<7+"
        "RQzyRJT`5HKWQ{79<#huD;^70ym&f}Din&UMHX3Pkwq4j5FsDgfDba7JgABTfn9#r`A%)f`b_fQ(hBIJ-!A$~xdh^LO+d1!`k4qe"
        "%wXXNZ8F~r1+AvLCtw>y*pF>R*DoFDF!y;zZ0P-auTZh~A1cPre|-NREMg9i02TlM"
    )
)
"""Days counted from 1904, 500 merged over two firms, an error in the last row, a hidden sheet."""


def _archive(part: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(part, "x")
    return held.getvalue()


@pytest.mark.parametrize("ending", ["xls", "XLS", "et", "xlsx", "csv"])
def test_an_old_workbook_is_read_under_any_ending(tmp_path: Path, ending: str) -> None:
    (path := tmp_path / f"登记信息_20260601.{ending}").write_bytes(OLD)
    tables = read(path, REGISTRY)

    row = tables[0].rows.row(0, named=True)
    assert (row["row_no"], row["name"], row["founded_on"][:10]) == (4, "杭州丁卯科技有限公司", "2015-03-04")
    assert set_aside(tables) == [(2, "F08"), (3, "F08"), (5, "F19")]
    assert tables[0].non_data["value"][-1] == "C 成立日期: #N/A"
    assert remarks(tables) == [("F05", "旧: 1 行 rows")]


@pytest.mark.parametrize("size", [300, 1500, 3000])
def test_a_damaged_old_workbook_is_refused(tmp_path: Path, size: int) -> None:
    (path := tmp_path / "登记信息_20260601.xls").write_bytes(OLD[:size])
    with pytest.raises(BadInput, match="已损坏"):
        read(path, REGISTRY)


def test_a_workbook_with_a_password_is_refused_as_such(tmp_path: Path) -> None:
    content = OLD[:1024] + "EncryptedPackage".encode("utf-16-le")
    (path := tmp_path / "登记信息_20260601.xlsx").write_bytes(content)
    with pytest.raises(BadInput, match="密码"):
        read(path, REGISTRY)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 x", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"Rar!\x1a", "解压"),
        (b"MIME-Version: 1.0", "网页"),
        (b"<?xml version='1.0'?><Workbook>", "网页"),
        (_archive("word/document.xml"), "Word"),
        (_archive("xl/workbook.bin"), "xlsb"),
        (_archive("content.xml"), "OpenDocument"),
        (_archive("登记信息.xlsx"), "解压"),
    ],
)
@pytest.mark.parametrize("ending", ["xls", "csv", "pdf"])
def test_what_is_no_table_is_refused_by_its_kind(tmp_path: Path, content: bytes, kind: str, ending: str) -> None:
    (path := tmp_path / f"登记信息_20260601.{ending}").write_bytes(content)
    with pytest.raises(BadInput, match=kind) as refused:
        read(path, REGISTRY)
    assert "xlsx" in refused.value.zh


@pytest.mark.parametrize("ending", ["xls", "txt", "tsv", "CSV", "dat"])
def test_a_text_is_read_under_any_ending(tmp_path: Path, ending: str) -> None:
    (path := tmp_path / f"登记信息_20260601.{ending}").write_text(
        "统一社会信用代码\t企业名称\t成立日期\t登记状态\n91330106MA0000015K\t甲公司\t2015-03-02\t存续\n", "gb18030"
    )
    assert read(path, REGISTRY)[0].rows["name"].to_list() == ["甲公司"]
