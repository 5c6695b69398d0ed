"""Payloads in the formats that the services document."""

from typing import Any

PHONE = "4791234567"


def whatsapp(*messages: dict[str, Any], statuses: list[dict[str, Any]] | None = None, number: str = "106540352242922",
             name: str = "Ingrid Berg", field: str = "messages") -> dict[str, Any]:  # fmt: skip
    people = {message["from"]: {"profile": {"name": name}, "wa_id": message["from"]} for message in messages}
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "4722334455", "phone_number_id": number},
    }
    if messages:
        value |= {"contacts": list(people.values()), "messages": list(messages)}
    if statuses:
        value["statuses"] = statuses
    changes = [{"value": value, "field": field}]
    return {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": changes}]}


def wa(id: str, kind: str = "text", about: Any = None, sender: str = PHONE, **more: Any) -> dict[str, Any]:
    about = about if about is not None else {"body": f"Hei {id}"}
    return {"from": sender, "id": id, "timestamp": "1749416383", "type": kind, kind: about, **more}


def wa_status(id: str, status: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "status": status, "timestamp": "1750857384", "recipient_id": PHONE, **more}


def meta(
    *events: dict[str, Any], page: str = "1906385232743451", kind: str = "page", place: str = "messaging"
):  # type: ignore[no-untyped-def]
    return {"object": kind, "entry": [{"id": page, "time": 1458692752478, place: list(events)}]}


def event(sender: str = "psid1", page: str = "1906385232743451", **more: Any) -> dict[str, Any]:
    return {"sender": {"id": sender}, "recipient": {"id": page}, "timestamp": 1458692752478, **more}


def telegram(update: int, **more: Any) -> dict[str, Any]:
    return {"update_id": update, **more}


def tg(id: int, text: str = "", chat: int = 77, **more: Any) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "Lukas", "last_name": "Weber", "language_code": "de"}
    where = {"id": chat, "first_name": "Lukas", "last_name": "Weber", "type": "private"}
    return (
        {"message_id": id, "from": person, "chat": where, "date": 1749416383}
        | ({"text": text} if text else {})
        | more
    )


def line(*events: dict[str, Any]) -> dict[str, Any]:
    return {"destination": "Uxxxxxxxxxxxxxx", "events": list(events)}


def line_event(id: str, kind: str = "message", user: str = "U4af4980629", again: bool = False, **more: Any):  # type: ignore[no-untyped-def]
    return {
        "type": kind, "mode": "active", "timestamp": 1462629479859, "source": {"type": "user", "userId": user},
        "webhookEventId": id, "deliveryContext": {"isRedelivery": again}, **more,
    }  # fmt: skip


def sms(sid: str, body: str = "Hei", **more: str) -> dict[str, str]:
    return {
        "MessageSid": sid, "SmsSid": sid, "AccountSid": "AC" + "0" * 32, "From": "+" + PHONE, "To": "+15017122661",
        "Body": body, "NumMedia": "0", "NumSegments": "1", "SmsStatus": "received", **more,
    }  # fmt: skip
