from samspill.mail.mail import Bounce, Mail
from samspill.mail.mime import Part
def bounce_of(mail: Mail, root: Part) -> Bounce | None:
    return None
