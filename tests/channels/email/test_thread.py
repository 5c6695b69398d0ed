"""Which mail joins which conversation, and which never does."""

import base64

import pytest

from samspill.channels.email import markers
from samspill.channels.email.account import account
from samspill.channels.email.compose import compose
from samspill.contacts.merge import merge
from samspill.conversations.close import close
from samspill.conversations.models import Conversation, Inbound, Inbox, Message, Relation
from samspill.kit import clock
from samspill.kit.models import Event
from tests.channels.email.post import (
    HELP,
    INGRID,
    LUKAS,
    STRANGER,
    answers,
    arrives,
    awaiting,
    comes,
    identity,
    letter,
    mailbox,
)  # fmt: skip
from tests.world import World

pytestmark = pytest.mark.django_db


def our_id(message: Message) -> str:
    return markers.message_id(message.conversation_id, message.pk, "nordlys.example")


def test_a_first_mail_begins_a_conversation(inbox: Inbox) -> None:
    message = comes(inbox, subject="Re: Pakken", Cc=LUKAS)
    conversation = message.conversation
    assert (conversation.subject, conversation.threaded, conversation.status) == ("Pakken", True, "open")
    assert conversation.identity.value == "ingrid@berg.example"
    assert conversation.contact.name == "Ingrid Berg"
    assert [one.identity.value for one in conversation.participants.all()] == ["lukas@weber.example"]
    assert Event.objects.filter(kind="message.received", conversation_id=conversation.pk).count() == 1
    assert message.letter.subject == "Re: Pakken"


def test_two_matters_of_one_contact_stay_apart(inbox: Inbox) -> None:
    assert comes(inbox, subject="Pakken").conversation != comes(inbox, subject="Faktura").conversation


def test_a_reply_joins_by_in_reply_to_though_the_subject_changed(inbox: Inbox) -> None:
    first = comes(inbox, id="a@x")
    assert comes(inbox, subject="Noe annet", In_Reply_To="<a@x>").conversation == first.conversation


def test_a_reply_joins_by_references_alone(inbox: Inbox) -> None:
    first = comes(inbox, id="a@x")
    assert comes(inbox, References="<a@x> <unknown@y>").conversation == first.conversation


def test_a_reply_to_our_answer_joins_by_our_signed_number(inbox: Inbox, world: World) -> None:
    first = comes(inbox)
    answer = answers(first.conversation, world.kari)
    assert comes(inbox, subject="x", In_Reply_To=f"<{our_id(answer)}>").conversation == first.conversation


def test_a_number_with_another_signature_proves_nothing(inbox: Inbox, world: World) -> None:
    first = comes(inbox)
    forged = our_id(answers(first.conversation, world.kari)).replace("@", "0@").replace(".", ".", 1)
    forged = forged[: forged.index("@") - 2] + "00@nordlys.example"
    assert comes(inbox, sender=STRANGER, In_Reply_To=f"<{forged}>").conversation != first.conversation


def test_a_colleague_in_copy_joins(inbox: Inbox) -> None:
    first = comes(inbox, id="a@x", Cc=LUKAS)
    joined = comes(inbox, sender=LUKAS, subject="Re: Pakken", In_Reply_To="<a@x>")
    assert joined.conversation == first.conversation
    assert joined.letter.sender["address"] == "lukas@weber.example"
    assert joined.conversation.contact.name == "Ingrid Berg"


def test_a_third_person_with_our_mark_joins_and_takes_part(inbox: Inbox, world: World) -> None:
    first = comes(inbox)
    answer = answers(first.conversation, world.kari)
    joined = comes(inbox, sender=LUKAS, subject="Fwd", In_Reply_To=f"<{our_id(answer)}>")
    assert joined.conversation == first.conversation
    assert first.conversation.participants.filter(identity=identity("lukas@weber.example")).exists()


def test_a_stranger_without_our_mark_begins_a_related_conversation(inbox: Inbox) -> None:
    first = comes(inbox, id="a@x")
    other = comes(inbox, sender=STRANGER, subject="Re: Pakken", In_Reply_To="<a@x>")
    assert other.conversation != first.conversation
    relation = Relation.objects.get()
    assert (relation.conversation, relation.other, relation.why) == (
        other.conversation,
        first.conversation,
        "stranger",
    )


def test_naming_others_in_copy_does_not_draw_their_mail_in(inbox: Inbox) -> None:
    """Mallory mentions a mail that Ingrid has yet to send, with Ingrid in copy: hers stays hers."""
    theirs = comes(inbox, sender=STRANGER, Cc=INGRID, In_Reply_To="<to-come@x>")
    assert comes(inbox, id="to-come@x").conversation != theirs.conversation


def test_the_same_subject_joins_only_for_the_contact_with_a_reply_sign(inbox: Inbox) -> None:
    first = comes(inbox, subject="Pakken")
    assert comes(inbox, subject="Pakken").conversation != first.conversation
    assert comes(inbox, subject="Re: pakken", sender=STRANGER).conversation != first.conversation
    Conversation.objects.exclude(pk=first.conversation_id).delete()
    assert comes(inbox, subject="SV: Re: pakken").conversation == first.conversation


def test_the_same_subject_is_forgotten_after_days_and_in_another_inbox(inbox: Inbox) -> None:
    first = comes(inbox)
    other = mailbox("sales@nordlys.example")
    assert comes(other, subject="Re: Pakken", to="sales@nordlys.example").conversation != first.conversation
    Conversation.objects.update(last_message_at=clock.ago(days=9))
    assert comes(inbox, subject="Re: Pakken").conversation != first.conversation


@pytest.mark.parametrize("where", ["subject", "text", "address"])
def test_our_mark_joins_where_the_headers_are_gone(inbox: Inbox, where: str) -> None:
    first = comes(inbox)
    tag, pk = markers.tag(first.conversation_id), first.conversation_id
    mails = {
        "subject": {"subject": f"AW: Ganz anders {tag}"},
        "text": {"subject": "Anders", "text": f"Takk!\n\n> Hei\n> {tag}"},
        "address": {"subject": "Anders", "to": markers.plus_address(HELP, pk)},
    }
    joined = comes(inbox, sender=LUKAS, **mails[where])
    assert joined.conversation == first.conversation
    assert not joined.conversation.participants.filter(identity__kind="email", identity__sealed="").exists()
    people = {one.identity.value for one in joined.conversation.participants.all()}
    assert people == {"lukas@weber.example"}


def test_a_made_up_mark_joins_nothing(inbox: Inbox) -> None:
    first = comes(inbox)
    forged = f"[#{first.conversation_id}-0123456789]"
    assert comes(inbox, sender=STRANGER, subject=f"Re: x {forged}").conversation != first.conversation


def test_outlook_that_drops_references_is_known_by_its_thread_index(inbox: Inbox) -> None:
    root = bytes(range(22))
    first = comes(inbox, Thread_Index=base64.b64encode(root).decode())
    child = base64.b64encode(root + b"child").decode()
    assert comes(inbox, subject="Anderes", Thread_Index=child).conversation == first.conversation
    assert comes(inbox, sender=STRANGER, subject="x", Thread_Index=child).conversation != first.conversation


def test_apple_mail_with_many_references_and_no_in_reply_to(inbox: Inbox) -> None:
    first = comes(inbox, id="a@x")
    chain = " ".join(f"<other-{n}@apple>" for n in range(40)) + "\r\n <a@x>"
    assert comes(inbox, subject="Sv: x", References=chain).conversation == first.conversation


def test_a_reply_that_comes_before_its_mail_is_joined_by_it(inbox: Inbox) -> None:
    reply = comes(inbox, id="b@x", subject="Re: Pakken", In_Reply_To="<a@x>")
    original = comes(inbox, id="a@x", subject="Noe helt annet")
    assert original.conversation == reply.conversation


def test_the_same_mail_again_is_one_message(inbox: Inbox) -> None:
    raw = letter(id="a@x")
    first = arrives(inbox, raw)
    again = arrives(inbox, b"Received: from elsewhere\r\n" + raw)
    assert again.message == first.message
    assert (again.state, again.error) == ("done", "copy")
    assert Message.objects.count() == 1
    assert Event.objects.filter(kind="message.received").count() == 1


def test_the_same_mail_to_two_of_our_mailboxes_is_one_message(inbox: Inbox) -> None:
    other, raw = mailbox("sales@nordlys.example"), letter(to=f"{HELP}, sales@nordlys.example", id="a@x")
    first = arrives(inbox, raw)
    second = arrives(other, b"Delivered-To: sales@nordlys.example\r\n" + raw)
    assert (second.message, second.state, second.error) == (first.message, "done", "copy")
    assert Conversation.objects.count() == 1
    assert not first.message.conversation.participants.exists()


def test_two_mails_with_one_number_are_both_kept(inbox: Inbox) -> None:
    first, second = (
        comes(inbox, "En", id="same@x"),
        comes(inbox, "To", id="same@x", subject="Annet", sender=LUKAS),
    )
    assert first != second
    assert first.conversation != second.conversation


def test_mails_without_a_number_are_kept_each_once(inbox: Inbox) -> None:
    raw = letter("Uten nummer", id=None)
    first = arrives(inbox, raw)
    assert arrives(inbox, b"Received: again\r\n" + raw).message == first.message
    assert comes(inbox, "Et annet uten nummer", id=None).pk != first.message.pk


def test_our_own_mail_that_comes_back_is_nothing_new(inbox: Inbox, world: World) -> None:
    first = comes(inbox)
    answer = answers(first.conversation, world.kari)
    mail = compose(awaiting(answer), account(inbox))
    held = arrives(inbox, mail.as_bytes())
    assert (held.state, held.error, held.message) == ("done", "loop", answer)
    assert Message.objects.count() == 2
    assert Event.objects.filter(kind="mail.looped").count() == 1


def test_a_mail_from_our_own_address_begins_nothing(inbox: Inbox) -> None:
    held = arrives(inbox, letter(sender=HELP))
    assert (held.state, held.error, held.message) == ("done", "loop", None)
    assert not Conversation.objects.exists()


def test_a_websites_form_is_the_customers(inbox: Inbox) -> None:
    message = comes(inbox, sender=HELP, Reply_To=INGRID)
    assert message.conversation.identity.value == "ingrid@berg.example"
    message = comes(inbox, sender="no-reply@shop.example", Reply_To=LUKAS)
    assert message.conversation.identity.value == "lukas@weber.example"


def test_reply_to_does_not_let_one_write_in_anothers_name(inbox: Inbox) -> None:
    message = comes(inbox, sender=STRANGER, Reply_To=INGRID)
    assert message.conversation.identity.value == "mallory@elsewhere.example"


FORWARD = "Kan du se på dette?\n\n---------- Forwarded message ----------\nFrom: Lukas Weber <lukas@weber.example>\nSubject: Modul\n\nMein Modul ist kaputt."


def test_what_an_agent_passes_on_is_the_customers(inbox: Inbox, world: World) -> None:
    message = comes(inbox, FORWARD, sender=f"Kari <{world.kari.email}>", subject="Fwd: Modul")
    assert message.conversation.identity.value == "lukas@weber.example"
    assert "Mein Modul ist kaputt" in message.text


def test_what_a_customer_passes_on_stays_hers(inbox: Inbox) -> None:
    message = comes(inbox, FORWARD, subject="Fwd: Modul")
    assert message.conversation.identity.value == "ingrid@berg.example"


def test_a_reply_soon_after_closing_reopens(inbox: Inbox) -> None:
    first = comes(inbox, id="a@x")
    close(first.conversation, by="system")
    again = comes(inbox, In_Reply_To="<a@x>").conversation
    assert again == first.conversation
    again.refresh_from_db()
    assert (again.status, again.closed_at) == ("open", None)
    assert Event.objects.filter(kind="conversation.reopened").count() == 1


def test_a_reply_long_after_closing_begins_a_related_one(inbox: Inbox) -> None:
    first = comes(inbox, id="a@x")
    close(first.conversation, by="system")
    Conversation.objects.update(closed_at=clock.ago(days=31))
    later = comes(inbox, In_Reply_To="<a@x>").conversation
    assert later != first.conversation
    assert Relation.objects.get(conversation=later).why == "afterwards"


def test_a_merged_contact_writes_from_either_address(inbox: Inbox) -> None:
    first = comes(inbox, id="a@x")
    comes(inbox, sender="Ingrid <ingrid@work.example>")
    merge(identity("ingrid@berg.example").contact, identity("ingrid@work.example").contact, by="system")
    reply = comes(inbox, sender="Ingrid <ingrid@work.example>", In_Reply_To="<a@x>")
    assert reply.conversation == first.conversation


def test_replay_doubles_nothing(inbox: Inbox) -> None:
    from samspill.channels.process import process, replay

    held = arrives(inbox, letter())
    before = held.message
    replay(held, by="system")
    process(held.pk)
    held = Inbound.objects.get(pk=held.pk)
    assert held.message == before
    assert Message.objects.count() == 1


def test_a_mail_without_a_sender_is_kept(inbox: Inbox) -> None:
    message = comes(inbox, "Hvem er jeg?", sender="")
    assert message.conversation.identity.kind == "external"
    assert message.text == "Hvem er jeg?"
