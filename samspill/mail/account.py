"""What was read in a mail, for machines and for people."""

from typing import Any

from samspill.mail.mail import Address, Bounce, File, Invitation, Mail


def as_json(mail: Mail, file: str) -> dict[str, Any]:
    """Plain values only; what is not there is "", [] or None."""
    return {
        "file": file,
        "kind": mail.kind.value,
        "subject": mail.subject,
        "from": _address(mail.sender),
        "to": [_address(one) for one in mail.to],
        "cc": [_address(one) for one in mail.cc],
        "reply_to": _address(mail.reply_to) if mail.reply_to else None,
        "date": mail.date.isoformat() if mail.date else None,
        "message_id": mail.message_id,
        "in_reply_to": list(mail.in_reply_to),
        "references": list(mail.references),
        "text": mail.text,
        "new_text": mail.new_text,
        "quoted": mail.quoted,
        "signature": mail.signature,
        "attachments": [_file(one) for one in mail.files],
        "bounce": _bounce(mail.bounce) if mail.bounce else None,
        "invitations": [_invitation(one) for one in mail.invitations],
        "protection": mail.protection,
        "problems": list(mail.problems),
    }


def as_words(mail: Mail, file: str) -> str:
    """A short account that fits a terminal."""
    lines = [
        f"== {file}",
        f"Kind      {mail.kind.value}{_of_bounce(mail.bounce)}",
        f"Subject   {mail.subject or '(none)'}",
        f"From      {_shown(mail.sender) or '(nobody)'}",
        f"To        {', '.join(map(_shown, mail.to)) or '(nobody)'}",
        f"Date      {mail.date.isoformat(' ') if mail.date else '(none)'}",
    ]
    lines += [f"File      {one.name} ({one.kind}, {one.size:,} bytes)" for one in mail.files]
    lines += [
        f"Meeting   {one.summary}, {one.starts or '?'} to {one.ends or '?'} ({one.method})"
        for one in mail.invitations
    ]
    lines += [f"Protected {mail.protection}"] if mail.protection else []
    lines += [f"Problem   {one}" for one in mail.problems]
    folded = [f"({name}: {len(text.splitlines())} lines)" for name, text in _folded(mail) if text]
    return "\n".join([*lines, "", mail.new_text or "(no new text)", *folded, ""])


def _folded(mail: Mail) -> list[tuple[str, str]]:
    return [("signature", mail.signature), ("quoted", mail.quoted)]


def _of_bounce(bounce: Bounce | None) -> str:
    if not bounce:
        return ""
    became = "cannot be reached" if bounce.permanent else "is late"
    return f": {bounce.address or 'somebody'} {became} ({bounce.status})"


def _shown(address: Address) -> str:
    return (
        f"{address.name} <{address.address}>"
        if address.name and address.address
        else address.address or address.name
    )


def _address(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.address}


def _file(file: File) -> dict[str, Any]:
    named = {"name": file.name, "type": file.kind, "size": file.size}
    return named | {"inline": file.inline, "content_id": file.content_id}


def _bounce(bounce: Bounce) -> dict[str, Any]:
    return {
        "address": bounce.address,
        "status": bounce.status,
        "permanent": bounce.permanent,
        "original": bounce.original,
        "says": bounce.says,
        "others": list(bounce.others),
    }


def _invitation(one: Invitation) -> dict[str, Any]:
    return {
        "summary": one.summary,
        "starts": one.starts.isoformat() if one.starts else None,
        "ends": one.ends.isoformat() if one.ends else None,
        "place": one.place,
        "organiser": one.organiser,
        "method": one.method,
    }
