from samspill.mail.mail import Kind, Mail
def kind_of(mail: Mail, own_addresses=(), own_domain="") -> Kind:
    return Kind.HUMAN
