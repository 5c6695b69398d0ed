"""Who speaks. Programs by their headers, by their set phrases in seventeen languages; people whatever they write about."""

import pytest

from samspill.mail.kind import kind_of
from samspill.mail.mail import Kind
from samspill.mail.read import read
from tests.mail.made import headed, mail


def _kind(body: str = "Hei!", **fields: str) -> Kind:
    head = {"From": "Ola <ola@kunde.example>", "To": "hei@nordlys.example", "Subject": "Hei"} | fields
    raw = mail(
        body,
        head=headed(**head),
        more="Content-Type: text/plain; charset=utf-8\n" if "Content_Type" not in fields else "",
    )
    return read(raw).kind


PROGRAMS = [
    (Kind.AUTO_REPLY, {"Auto_Submitted": "auto-replied"}),
    (Kind.AUTO_REPLY, {"Auto_Submitted": "auto-generated"}),
    (Kind.OUT_OF_OFFICE, {"Auto_Submitted": "auto-replied (vacation)"}),
    (Kind.OUT_OF_OFFICE, {"Auto_Submitted": "auto-replied", "Subject": "Automatisk svar: Ikke til stede"}),
    (Kind.HUMAN, {"Auto_Submitted": "no"}),
    (Kind.AUTO_REPLY, {"X_Autoreply": "yes"}),
    (Kind.AUTO_REPLY, {"X_Autorespond": "Re: hei"}),
    (Kind.AUTO_REPLY, {"Precedence": "auto_reply"}),
    (Kind.AUTO_REPLY, {"X_Auto_Response_Suppress": "All"}),
    (Kind.OUT_OF_OFFICE, {"X_Auto_Response_Suppress": "All", "Subject": "Abwesend: Hei"}),
    (Kind.AUTO_REPLY, {"Return_Path": "<>"}),
    (
        Kind.AUTO_REPLY,
        {"Content_Type": 'multipart/report; report-type=disposition-notification; boundary="x"'},
    ),
    (Kind.OUT_OF_OFFICE, {"Precedence": "bulk", "Subject": "Out of Office: Hei"}),
    (Kind.LIST, {"Precedence": "bulk"}),
    (Kind.LIST, {"List_Id": "<users.python.example>"}),
    (Kind.LIST, {"List_Unsubscribe": "<https://shop.example/u>", "Subject": "Winter sale"}),
    (Kind.LIST, {"List_Unsubscribe": "<https://shop.example/u>", "Auto_Submitted": "auto-generated"}),
    (Kind.HUMAN, {}),
    (Kind.HUMAN, {"Return_Path": "<ola@kunde.example>", "X_Priority": "1"}),
]


@pytest.mark.parametrize(("kind", "fields"), PROGRAMS)
def test_headers_decide(kind: Kind, fields: dict[str, str]) -> None:
    assert _kind(**fields) is kind


AWAY = {
    "en": ("Out of office: Svar", "I am out of the office until 12 January with limited access to my email."),
    "nb": ("Fraværsmelding", "Jeg har ferie og er tilbake på kontoret 12. januar."),
    "nn": ("Ikkje til stades: Svar", "Eg er på ferie og ikkje på kontoret, tilbake 12. januar."),
    "da": ("Ikke til stede: Svar", "Jeg er på ferie til og med 12. januar."),
    "sv": ("Frånvaro: Svar", "Jag är på semester och åter på kontoret 12 januari."),
    "fi": ("Poissa: Svar", "Olen lomalla ja palaan töihin 12.1."),
    "de": ("Abwesenheitsnotiz: Svar", "Ich bin bis zum 12. Januar nicht im Büro."),
    "nl": ("Afwezig: Svar", "Ik ben met vakantie en terug op 12 januari."),
    "fr": ("Absence du bureau : Svar", "Je suis absente et de retour le 12 janvier."),
    "es": ("Fuera de la oficina: Svar", "Estoy fuera de la oficina, vuelvo el 12 de enero."),
    "pt": ("Ausência: Svar", "Estou de férias até 12 de janeiro."),
    "it": ("Fuori sede: Svar", "Sono fuori ufficio fino al 12 gennaio."),
    "pl": ("Nieobecność: Svar", "Jestem na urlopie, wracam 12 stycznia."),
    "zh-Hant": ("休假中", "我目前不在辦公室，1月12日回來。"),
    "zh-Hans": ("外出自动回复", "我正在休假，1月12日回来。"),
    "ja": ("不在通知", "休暇をいただいております。1月12日に出社予定です。"),
    "ko": ("부재중 알림", "휴가중입니다. 1월 12일에 돌아옵니다."),
}


@pytest.mark.parametrize("language", AWAY)
def test_somebody_away_is_known_without_headers(language: str) -> None:
    subject, text = AWAY[language]
    assert _kind(text, Subject=subject) is Kind.OUT_OF_OFFICE


REPLIES = {
    "en": "Automatic reply: Svar", "nb": "Automatisk svar: Svar", "nn": "Autosvar: Svar", "da": "Automatisk svar: Svar", "sv": "Autosvar: Svar",
    "fi": "Automaattinen vastaus: Svar", "de": "Automatische Antwort: Svar", "nl": "Automatisch antwoord: Svar", "fr": "Réponse automatique : Svar",
    "es": "Respuesta automática: Svar", "pt": "Resposta automática: Svar", "it": "Risposta automatica: Svar", "pl": "Automatyczna odpowiedź: Svar",
    "zh-Hant": "自動回覆: Svar", "zh-Hans": "自动回复: Svar", "ja": "自動返信: Svar", "ko": "자동 회신: Svar",
}  # fmt: skip


@pytest.mark.parametrize("language", REPLIES)
def test_an_answering_machine_is_known_without_headers(language: str) -> None:
    assert _kind("Takk.", Subject=REPLIES[language]) is Kind.AUTO_REPLY


PEOPLE = {
    "a question about a newsletter": (
        "How do I unsubscribe from your newsletter?",
        {"Subject": "Newsletter"},
    ),
    "an answer to a newsletter": (
        "Please take me off.\n\n> Winter sale\n> Unsubscribe: https://x.example",
        {"Subject": "Re: Winter sale", "In_Reply_To": "<n1@nordlys.example>"},
    ),
    "somebody who goes on holiday": (
        "Hi, I am on holiday from Friday. Can you deliver after my return?",
        {"Subject": "Delivery"},
    ),
    "a subject with holiday in it": (
        "Can I rent it for the holidays?",
        {"Subject": "Question about my vacation home"},
    ),
    "an order in a hurry": ("Vi har ferie fra mandag, rekker dere det?", {"Subject": "Levering før ferie"}),
    "somebody on maternity leave": (
        "I was on maternity leave until May and missed your mail. Is the offer still open?",
        {"Subject": "Your offer"},
    ),
    "an answer to an automatic mail": (
        "Thanks, but my number is 12345.",
        {"Subject": "Re: We have received your request", "In_Reply_To": "<a@nordlys.example>"},
    ),
    "a complaint about automatic answers": (
        "I only ever get an automatic reply from you!",
        {"Subject": "Complaint"},
    ),
    "a broken product that answers": (
        "My inverter is off since yesterday.",
        {"Subject": "Auto restart does not work"},
    ),
    "urlaub im text": ("Ich bin ab Montag im Urlaub, bitte rufen Sie vorher an.", {"Subject": "Termin"}),
    "an absent part": ("The cable is absent from the box.", {"Subject": "Absent cable"}),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_people_are_people_whatever_they_write_about(name: str) -> None:
    body, fields = PEOPLE[name]
    assert _kind(body, **fields) is Kind.HUMAN


def test_our_own_mail_come_back_is_a_loop() -> None:
    found = read(
        mail(head=headed(From="hei@nordlys.example", Message_ID="<7@nordlys.example>", Subject="Svar"))
    )
    assert kind_of(found) is Kind.HUMAN
    assert kind_of(found, own_addresses=["Hei@Nordlys.example"]) is Kind.LOOP
    assert kind_of(found, own_domain="nordlys.example") is Kind.LOOP


def test_a_mark_of_ours_is_a_loop_whoever_sends_it() -> None:
    found = read(mail(head=headed(From="a@b.example", X_Loop="hei@nordlys.example", Subject="Svar")))
    assert kind_of(found, own_addresses=["hei@nordlys.example"]) is Kind.LOOP


def test_a_mail_that_went_round_and_round_is_a_loop() -> None:
    assert read(mail(more="Received: from a by b\n" * 80)).kind is Kind.LOOP


def test_a_customer_who_writes_to_a_group_address_is_a_person() -> None:
    found = read(
        mail(
            head=headed(
                From="a@b.example",
                List_Id="<hei.nordlys.example>",
                List_Post="<mailto:hei@nordlys.example>",
                Precedence="list",
            )
        )
    )
    assert found.kind is Kind.LIST
    assert kind_of(found, own_addresses=["hei@nordlys.example"]) is Kind.HUMAN
