"""Every word of sign-in is in both languages and used, and whatever Flask-Security may say here has our words."""

import re
from pathlib import Path
from typing import Any, get_args

import flask_security
import pytest
from dash import Dash

import dash_app
from dash_app.app import create_app
from dash_app.sign_in.words import sign_in_texts
from service.people.access import KINDS
from service.people.installation import People
from service.reader import Service
from service.scope import Kind, roles

ROOM = Path(dash_app.__file__).parent / "sign_in"
HAN = re.compile(r"[\u4e00-\u9fff]")
SECURITY = Path(flask_security.__file__).parent
WITH_MESSAGES = ("changeable", "recoverable", "oauth_glue", "oauth_provider", "password_util", "decorators")
"""Modules of Flask-Security whose features are on; of its views and forms those below."""
VIEWS = ("login", "logout", "verify", "reset_password", "change_password")
FORMS = ("LoginForm", "VerifyForm", "ChangePasswordForm", "ResetPasswordForm", "PasswordFormMixin", "NextFormMixin")
ONLY_WITH = {
    "PASSWORD_RESET": "SECURITY_AUTO_LOGIN_AFTER_RESET",
    "CONFIRMATION_REQUIRED": "SECURITY_CONFIRMABLE",
}
"""Messages of one option alone: a new password that signs in by itself, and addresses of mail that are confirmed."""


def messages_of_features() -> set[str]:
    """The names of the messages in the code of the features that are on."""
    source = "".join((SECURITY / f"{name}.py").read_text("utf-8") for name in WITH_MESSAGES)
    views = (SECURITY / "views.py").read_text("utf-8")
    forms = (SECURITY / "forms.py").read_text("utf-8")
    source += "".join(re.findall(rf"^def (?:{'|'.join(VIEWS)})\(.*?(?=^\S)", views, re.DOTALL | re.MULTILINE))
    source += "".join(re.findall(rf"^class (?:{'|'.join(FORMS)})\(.*?(?=^\S)", forms, re.DOTALL | re.MULTILINE))
    return set(re.findall(r'(?:get_message\(\s*|message=)"([A-Z_]+)"', source))


@pytest.mark.parametrize("file", ["words", "messages"])
def test_a_text_is_in_chinese_and_in_english(file: str) -> None:
    texts = sign_in_texts(file)

    assert [key for key, text in texts.items() if not (HAN.search(text["zh"]) and not HAN.search(text["en"]))] == []
    for text in texts.values():
        placeholders = [set(re.findall(r"%\(\w+\)s|\{\w+\}", text[lang])) for lang in ("zh", "en")]
        assert placeholders[0] == placeholders[1]


def test_every_word_is_used() -> None:
    templates = "".join(path.read_text("utf-8") for path in ROOM.rglob("*.html"))
    modules = (*ROOM.glob("*.py"), ROOM.parent / "downloads" / "calendar_feed.py")
    code = "".join(path.read_text("utf-8") for path in modules)
    used = set(re.findall(r"""w\('(\w+)'""", templates)) | set(re.findall(r'"(\w+)"', code))

    assert sign_in_texts("words").keys() - used - {*get_args(Kind)} == set()
    assert set(re.findall(r"""w\('(\w+)'""", templates)) <= sign_in_texts("words").keys()


def test_what_flask_security_may_say_has_our_words(app: Dash) -> None:
    unreached = {message for message, option in ONLY_WITH.items() if not app.server.config[option]}

    assert len(messages_of_features()) > 10
    assert messages_of_features() - unreached - sign_in_texts("messages").keys() == set()
    assert ONLY_WITH.keys() <= messages_of_features()


def test_no_template_of_flask_security_is_shown() -> None:
    from_package = {path.name for path in (SECURITY / "templates" / "security").glob("*.html")}
    ours = {path.name for path in (ROOM / "templates" / "security").glob("*.html")}
    views = {"login_user.html", "logout_user.html", "verify.html", "change_password.html", "reset_password.html"}

    assert views | {"forgot_password.html", "base.html"} <= ours & from_package


@pytest.mark.parametrize("path", ["/login", "/account", "/verify", "/change", "/reset"])
def test_a_page_is_in_the_language_of_its_address(visitor: Any, path: str) -> None:
    visitor.sign_in("李娜")
    if path == "/login":
        visitor.post("/logout", form="/account")
    english = visitor.get(f"{path}?lang=en").text
    chinese = visitor.get(path).text

    assert '<html lang="en">' in english
    assert '<html lang="zh-CN">' in chinese
    assert set(HAN.findall(english)) <= set("梯度李娜中文园区、")
    assert "<script" not in english + chinese
    assert " style=" not in english + chinese


def test_accesses_and_roles_have_both_languages() -> None:
    assert all(HAN.search(zh) and not HAN.search(en) for zh, en in KINDS.values())
    assert all(HAN.search(role.zh) and not HAN.search(role.en) for role in roles().values())


def test_the_single_user_is_told_and_nobody_who_signed_in(people: People, visitor: Any) -> None:
    alone = create_app(Service(people.home)).server.test_client()
    visitor.sign_in("李娜")
    page = alone.post("/_dash-update-component", json=visitor.show, headers={"Host": "127.0.0.1"})

    assert "单人试用" in str(page.json)
    assert "单人试用" not in str(visitor.callback().json)
