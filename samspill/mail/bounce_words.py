"""How mail servers say that a mail did not arrive. Rule data: what programs write, in the languages they come in."""

import re

_DAEMON_NAMES = (
    r"mailer[-_. ]?daemon|mail[-_. ]?daemon|mdaemon|post[-_.]?master|postoffice|mailadmin"
    r"|mail[-_.]?delivery[-_.\w]*|microsoftexchange[0-9a-f]{8,}|bounce|bounces|bounced|mmdf|uucp"
    r"|double-bounce|mail-deliver\w*|smtp-?daemon|autoreply-bounce|undeliver\w*|mail-?system"
    r"|email-delivery-\w+"
)
DAEMON = re.compile(rf"^(?:{_DAEMON_NAMES})(?:[-+=.][^@]*)?(?:@|$)", re.I)
DAEMON_NAMED = re.compile(
    r"mail(?:er)?[- ]?(?:deliver|daemon)|interscan|mail ?marshal|mail ?foundry|surfcontrol|content[- ]filter"
    r"|delivery (?:sub)?system|delivery service|post-?master"
    r"|mail (?:router|administrator)|system ?administrator|systemverwalter|administrateur syst"
    r"|administrador del sistema|amministratore di sistema|internet mail delivery"
    r"|microsoft (?:outlook|exchange)|mailsystem|邮件系统|郵件系統|系统管理员|系統管理員|邮局|退信"
    r"|メール配信|시스템 관리자",
    re.I,
)

NOBODY = re.compile(r"(?:no|do-?not|donot)[-_.]?reply", re.I)

SUBJECT = re.compile(
    r"undeliver(?:ed|able)|non[- ]?delivery|not deliverable"
    r"|(?:delivery|mail|message|e-?mail) (?:has )?(?:failed|failure|error)|failed (?:mail|delivery)"
    r"|failure notice|failure delivery|delivery status notification|delivery (?:notification|report)"
    r"|error sending your (?:mail|message)|message \S+ (?:has been )?frozen|^message frozen"
    r"|delivery problem|delivery delayed|delayed (?:mail|delivery)"
    r"|(?:mail|message|delivery) .{0,40}delayed|returned (?:e-?)?mail|returned to sender|mail returned"
    r"|returning message to sender|could(?: not|n't) (?:be )?(?:send|sent|deliver)|unable to deliver"
    r"|cannot deliver|can't be delivered|mail system error|message status - undeliverable|rejected mail"
    r"|(?:user|recipient|mailbox) unknown|unknown (?:user|recipient|address)|bounced? (?:mail|message)"
    r"|^ndn:|^nondeliverable|unzustellbar|nicht (?:zugestellt|zustellbar)"
    r"|zustell(?:ung|barkeits).{0,30}(?:fehl|nicht|verz|benachrichtigung)|zustellfehler|kan ikke leveres"
    r"|ikke levert|ikke leveret|kunne ikke leveres?|leveringsfeil|leveringsfejl|ulevert|levering mislyk"
    r"|kan inte levereras|inte leverera|oleverera|olevererbar|leveransfel|ej levererat"
    r"|leveransen misslyckades|ei voi toimittaa|toimitus (?:epäonnistui|viivästy)|toimittamat"
    r"|ei toimitettu|onbestelbaar|niet (?:bezorgd|afgeleverd)|bezorging mislukt|non remis"
    r"|échec de (?:la )?remise|impossible de remettre|non distribu|remise (?:différée|impossible)"
    r"|no se (?:puede|pudo|ha podido) entregar|no entregado|error (?:de|en la) entrega|devuelto"
    r"|fallo (?:de|en la) entrega|non recapit|impossibile recapitare|mancat[ao] (?:consegna|recapito)"
    r"|consegna fallita|não (?:foi )?entregue|não (?:é|foi) possível entregar|falha (?:na|de) entrega"
    r"|erro (?:na|de) entrega|niedostarcz|nie można dostarczyć|nie (?:została |zostało )?dostarczon"
    r"|zwrot (?:wiadomo|poczty)|未传递|无法(?:传递|投递|送达|发送)|退信|投递失败|发送失败|未傳遞"
    r"|無法(?:傳遞|投遞|遞送|送達|傳送)|投遞失敗|寄送失敗|傳送失敗|郵件退回|邮件退回"
    r"|配信(?:不能|できません|エラー|に失敗)|送信(?:できません|エラー|に失敗)|エラーメール|未着"
    r"|배달(?:되지|할 수 없|하지 못|실패| 실패)|전송 ?실패|반송|전달되지",
    re.I,
)

# Sure on their own: nobody writes these but a server (a customer may paste them; then no server is the sender).
TEXT = re.compile(
    r"does not like recipient|did not receive (?:this|your) message|not delivered within|giving up on"
    r"|no valid recipients|mailbox is temporarily|account is (?:temporarily|disabled)|"
    r"this is the qmail-send program|wasn't able to deliver your message"
    r"|(?:i'm|we are|we're) (?:very )?(?:sorry|afraid)[^.]{0,60}(?:not|un)[^.]{0,30}deliver"
    r"|this is the (?:postfix|mail(?:er)?|e-?mail|[\w.-]+) (?:program|system) at"
    r"|mail delivery (?:system|software)"
    r"|message that you sent (?:could not|was) [^.]{0,20}(?:be delivered|undeliverable)"
    r"|could not be delivered to|permanent fatal errors|transient non-fatal errors"
    r"|transcript of (?:the )?session follows|delivery to the following recipients?"
    r"|did(?: not|n't) reach (?:some|the|its|all|any|following)|delivery has failed"
    r"|was(?: not|n't) delivered|were not delivered|(?:could not|couldn't|can ?not|can't) be delivered"
    r"|unable to (?:be )?deliver|not able to deliver|undeliverable|failed permanently|generating server:"
    r"|remote server returned|diagnostic information for administrators|diagnostic-code:|final-recipient:"
    r"|(?:mail|e-?mail|message) (?:delivery )?(?:has |was )?(?:been )?(?:returned|rejected|bounced|blocked"
    r"|delayed)|delivery (?:attempts? )?(?:failed|delayed|error)"
    r"|(?:following|these) (?:address|recipient)\S* (?:failed|had|have|could|was|were)"
    r"|(?:not|n't) (?:yet )?been delivered|will be retried|still being retried|address not found"
    r"|no such user|user unknown|unknown user|user (?:does not|doesn't) exist"
    r"|mailbox (?:is full|unavailable|not found|unknown)|over quota|quota exceeded"
    r"|exceeded (?:its|the|your) (?:storage|quota|mailbox)|host (?:unknown|not found)|unrouteable address"
    r"|rejected by (?:a|the) remote|remote host said|smtp error from|relay(?:ing)? (?:access )?denied"
    r"|has been disabled|no mailbox here|konnte nicht (?:zugestellt|übermittelt)|nicht zugestellt"
    r"|unzustellbar|nicht zustellbar|fehler bei der zustellung|empfänger nicht erreicht"
    r"|zustellung .{0,60}(?:fehlgeschlagen|verzögert|nicht möglich)|kunne ikke leveres|ikke levert"
    r"|ikke leveret|levering(?:en)? .{0,80}mislyk|nådde ikke|nåede ikke|kan ikke leveres"
    r"|kunde inte levereras|det gick inte att leverera|nådde inte|leveransen .{0,60}misslyckades"
    r"|toimitus .{0,80}epäonnistui|ei voitu toimittaa|ei voi toimittaa|ei toimitettu"
    r"|niet (?:worden )?(?:bezorgd|afgeleverd|besteld)|bezorging .{0,80}mislukt"
    r"|n['’]a pas (?:pu être|été) (?:remis|distribué|délivré|envoyé|livré)|échec de la remise"
    r"|n['’]est pas parvenu|impossible de (?:remettre|délivrer|distribuer)"
    r"|no (?:se )?(?:pudo|puede|ha podido|ha sido|fue) (?:ser )?entrega|error de entrega|no llegó"
    r"|no se ha entregado|non (?:è stato|è stata|può essere|ha potuto) .{0,30}(?:recapitat|consegnat)"
    r"|impossibile (?:recapitare|consegnare)|mancato recapito"
    r"|não (?:pôde|foi|pode) (?:possível )?(?:ser )?entreg|falha na entrega|não foi entregue"
    r"|nie (?:mogła|może|można|udało się|została) .{0,20}dostarcz"
    r"|(?:邮件|郵件|信件|邮箱|消息|您的信|來信).{0,30}(?:退回|退信|被拒|未能|无法|無法"
    r"|不能)(?:.{0,12}(?:送达|送達|投递|投遞|传递|傳遞|发送|發送|递送|遞送))?"
    r"|(?:收件人|收件者|邮件地址|郵件地址|用户|使用者|帳號|账号).{0,40}(?:不存在|失败|失敗|不正确|已满"
    r"|已滿|无法|無法)|退信(?:原因|说明|說明)|投递失败|投遞失敗"
    r"|(?:配信|送信|お届け|配送|配達)(?:する|が|を|は|に)?.{0,10}(?:できません|でき(?:ず|ない)|失敗|不能|エラー)"
    r"|宛先.{0,20}(?:見つかり|存在し|エラー)|ユーザー?.{0,12}(?:存在し|不明)"
    r"|(?:배달|전송|전달|발송|송신)(?:하|되|할|이|을|에)?.{0,12}(?:못|않|없|실패)|반송(?:되|된|합)"
    r"|존재하지 않는",
    re.I,
)

DELAYED = re.compile(
    r"\bdelay(?:ed)?\b|warning: (?:could not send|message)|still (?:being retried|trying)"
    r"|will (?:be retried|keep trying|continue to|be attempted|retry)|not yet been delivered"
    r"|has(?: not|n't) been delivered yet|do not need to resend|no action is required"
    r"|temporary (?:problem|failure|error)s? .{0,40}retry|transient non-fatal|verzögert"
    r"|wird weiter versucht|forsinket|fördröj|försenad|viivästy|vertraagd|retardé|différée|retrasad"
    r"|demorad|ritard|atrasad|adiada|opóźni|延迟|延遲|延误|遅延|再送を試み|지연",
    re.I,
)
GAVE_UP = re.compile(
    r"gave up|giving up|has failed|permanent(?:ly)?\b|will not (?:be|try)|no further|returned|expired"
    r"|undeliver",
    re.I,
)

# Where the copy of the bounced mail begins; what stands below is ours and no evidence.
COPY = re.compile(
    r"^.{0,6}(?:below this line is a copy of the message|this is a copy of (?:the|your) message"
    r"|(?:the )?original message(?: headers)?|unsent message (?:below|follows)|message header (?:and|of)"
    r"|returned message|message headers follow|return-path:|received: (?:from|by))"
    r"|^.{0,8}-{3,} ?(?:original message|returned message|message header|copy of|the body of|forwarded).*$"
    r"|^.{0,6}ursprüngliche nachrichtenkopfzeilen",
    re.I | re.M,
)

CHALLENGE = re.compile(
    r"(?:confirm|verify|authenticate|approve|whitelist|release)[^.]{0,60}(?:your|this|the) (?:message"
    r"|e-?mail|address|identity|sender|mail)"
    r"|(?:click|reply|follow)[^.]{0,80}(?:to (?:be|get|have)|so that)[^.]{0,40}(?:deliver|approved|added"
    r"|whitelisted)|challenge[- ]response|awaiting (?:moderator|your) (?:approval|confirmation)"
    r"|held (?:for|until)|anti-?spam (?:confirmation|system) .{0,40}confirm",
    re.I,
)

# What a server's words amount to where it gives no status of its own (RFC 3463).
STATUS = (
    ("2.2", re.compile(
        r"mailbox (?:is )?full|over ?quota|quota (?:is )?(?:exceeded|full)|exceeds? .{0,20}quota"
        r"|storage (?:limit|allocation)|not enough storage|postfach (?:ist )?voll|mailbox size limit"
        r"|exceeds allowed size|insufficient (?:storage|space)|disk full|boîte .{0,20}pleine"
        r"|buzón .{0,20}lleno"
        r"|full mailbox|邮箱(?:空间)?(?:已|不足|满)|信箱(?:已滿|空間)|容量|いっぱい|용량", re.I)),
    ("1.2", re.compile(
        r"host (?:unknown|not found|or domain name not found)|unknown host"
        r"|domain (?:does not|doesn't) exist|domain (?:name )?not found|no mx|nxdomain"
        r"|couldn't find any host|no such domain|unrouteable (?:mail )?domain|bad destination system"
        r"|domain .{0,30}(?:couldn't|could not) be found"
        r"|domäne .{0,30}nicht|name service error|域名(?:不存在|错误)|網域", re.I)),
    ("2.1", re.compile(
        r"(?:account|mailbox|user) (?:has been |is |was )?(?:disabled|inactive|suspended|deactivated"
        r"|locked|discontinued)", re.I)),
    ("1.1", re.compile(
        r"user (?:is )?(?:unknown|not found)|unknown (?:user|recipient|local|address)"
        r"|no such (?:user|recipient|mailbox|address|person|account)|(?:does not|doesn't) exist"
        r"|(?:recipient|address|mailbox|user|account)s? (?:address )?(?:was |is |has been )?(?:rejected"
        r"|not found|unknown|invalid|unavailable|not listed|not recognized|not exist\w*)|not listed in"
        r"|no mailbox|invalid (?:recipient|mailbox|address|user)|unrouteable address"
        r"|no (?:valid )?recipients|not a (?:valid|known) (?:user|mailbox|recipient)|address not found"
        r"|bad (?:address|destination mailbox)|couldn't be found|wasn't found|existiert nicht"
        r"|unbekannter (?:empfänger|benutzer)|nicht gefunden"
        r"|finnes ikke|findes ikke|finns inte|ei ole olemassa|bestaat niet|n['’]existe pas|inconnu"
        r"|no existe|non esiste|não existe|nie istnieje|不存在|見つかりません|存在しません|존재하지", re.I)),
    ("3.4", re.compile(
        r"(?:message|mail|size) .{0,30}(?:too (?:large|big|long)|exceeds|over) ?.{0,20}(?:size|limit"
        r"|maximum)?|size limit|zu groß|超过.{0,6}大小|過大", re.I)),
    ("7.1", re.compile(
        r"spam|blocked|blacklist|block ?list|policy|denied|not (?:permitted|allowed|authori[sz]ed)|relay"
        r"|reputation|dmarc|spf|forbidden|refused|rejected|垃圾|拒", re.I)),
    ("4.6", re.compile(r"too many hops|mail loop|loops back|routing loop|hop count|forwarding loop", re.I)),
    ("4.7", re.compile(
        r"expired|retry time|too long|queue too|delivery time(?:d)? ?out|gave up|giving up|retry timeout"
        r"|maximum (?:retry|queue)", re.I)),
    ("4.1", re.compile(
        r"connection (?:refused|timed out|reset|lost|died|failed)|connect to|no route to host"
        r"|network (?:is )?unreachable|timed? ?out|no answer from host|temporarily", re.I)),
)  # fmt: skip
