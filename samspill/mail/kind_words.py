"""How programs that answer for people call what they send. Rule data for mails without a header that says so.

Subjects first: a program's subject is a set phrase at the beginning. Texts only count where the subject, or the
absence of anything else, supports them: people write "I am on holiday" too.
"""

import re

_AWAY = (
    r"out of (?:the )?office|ooo\b"
    r"|auto(?:matic)?[- ]?(?:reply|response|antwort)[:\s].{0,40}(?:out of|away|vacation|holiday|leave)"
    r"|(?:i am |i'm )?(?:away|absent|on (?:vacation|holiday|leave))(?: from| until| till|:|$)"
    r"|vacation (?:reply|response|message|notice)|(?:annual|maternity|paternity|parental|sick) leave"
    r"|on leave|absence (?:notice|notification)|away from (?:the|my) (?:office|desk|e?-?mail)"
    r"|fraværs?(?:melding|assistent|besked|beskjed)|fravær\b|ikke (?:til stede|på kontoret|tilstede)"
    r"|ute av kontoret|(?:på|har) ferie|feriemelding|permisjon|ikkje (?:til stades|på kontoret)|fråvær\w*"
    r"|ikke til stede|væk fra kontoret|ude af (?:kontoret|huset)|på ferie|barsel\w*|frånvaro\w*"
    r"|inte på kontoret|ej på kontoret|(?:på|har) semester|föräldraledig\w*|poissa(?: toimistolta)?"
    r"|poissaolo\w*|lomalla|vuosilomalla|en ole paikalla|abwesenheit\w*|abwesend\w*"
    r"|nicht (?:im|am) (?:büro|haus|arbeitsplatz)|außer haus|im urlaub|urlaubs(?:vertretung|meldung|notiz)"
    r"|in elternzeit|afwezig\w*|niet (?:aanwezig|op kantoor)|(?:met|op) vakantie|buiten kantoor"
    r"|absence (?:du bureau|temporaire)|absent(?:e)? du bureau|absence\b|en (?:congés?|vacances)"
    r"|message d['’]absence|réponse d['’]absence|hors du bureau|fuera de (?:la )?oficina|ausente|ausencia"
    r"|de vacaciones|fuori (?:ufficio|sede)|assente|assenza|in ferie|fora do escritório|ausência|de férias"
    r"|em férias|poza biurem|nieobecn\w*|na urlopie|urlop\b|外出中|不在(?:通知|のお知らせ|のため|連絡)"
    r"|不在$|休暇(?:中|のお知らせ|のため)|夏季休業|年末年始休業"
    r"|(?:我)?(?:目前)?(?:正在|不在)(?:休假|辦公室|办公室)|外出(?:自動|自动)|休假(?:中|通知)?"
    r"|(?:暫時|暂时|目前)?不在(?:辦公室|办公室|公司)|出差(?:中)?|부재(?:중|\s?중|\s?알림)"
    r"|휴가(?:중|\s?중|\s?알림)?|외근\s?중|출장\s?중"
)
AWAY = re.compile(rf"^.{{0,24}}(?:{_AWAY})", re.I)
AWAY_ANNOUNCED = re.compile(rf"^(?:{_AWAY})\s*[:：]", re.I)
AWAY_TEXT = re.compile(
    r"\b(?:out of (?:the )?office|on (?:annual |maternity |paternity |parental |sick )?(?:leave|vacation"
    r"|holiday)|away from (?:the|my) (?:office|desk))\b.{0,160}(?:until|till|return|back|from|through"
    r"|between|access|urgent)|(?:limited|no) access to (?:my )?e-?mail"
    r"|i (?:will|am|'ll) (?:be )?(?:out|away|back|return).{0,80}(?:until|on|from)"
    r"|currently (?:out|away|on leave)"
    r"|(?:jeg|eg) (?:er|har|holder).{0,60}(?:ferie|fravær|permisjon|permitert|ute av kontoret"
    r"|ikke på (?:kontoret|jobb)|ikkje på).{0,120}(?:til|fra|frå|tilbake)|ikke til stede"
    r"|er tilbake.{0,20}\d|væk fra kontoret"
    r"|jag (?:är|har).{0,60}(?:semester|ledig|bortrest|frånvarande|inte på kontoret)|åter på kontoret"
    r"|åter den|olen (?:lomalla|poissa|vuosilomalla|vapaalla)|en ole paikalla"
    r"|palaan (?:töihin|toimistolle|takaisin)"
    r"|(?:bin|befinde mich).{0,80}(?:nicht im (?:büro|haus)|abwesend|urlaub|außer haus|nicht erreichbar"
    r"|elternzeit)|bis zum.{0,60}(?:abwesend|urlaub|nicht)|wieder (?:im büro|erreichbar|für sie da|da)"
    r"|ben.{0,60}(?:afwezig|niet aanwezig|vakantie|niet op kantoor)"
    r"|(?:terug|bereikbaar) (?:op|vanaf).{0,30}\d"
    r"|(?:je suis|actuellement|serai).{0,60}(?:absente?|congés?|vacances|hors du bureau)|de retour le"
    r"|estoy.{0,60}(?:fuera de la oficina|vacaciones|ausente)"
    r"|(?:estaré|regreso|vuelvo|de vuelta).{0,50}(?:fuera|el \d|vacaciones|oficina)"
    r"|sono.{0,60}(?:fuori ufficio|assente|ferie)|sarò.{0,50}(?:assente|fuori|ferie|di ritorno)"
    r"|(?:estou|estarei).{0,60}(?:férias|ausente|fora do escritório)"
    r"|(?:jestem|przebywam|będę).{0,60}(?:urlop|nieobecn|poza biurem)|wracam (?:do|\d)|不在にして"
    r"|休暇(?:を|中|のため)|(?:出社|出勤|戻り)(?:予定|は)"
    r"|(?:我|本人)?(?:目前|現在|现在|正在|將|将)?(?:不在(?:辦公室|办公室|公司)|(?:正在)?休假|外出|出差|度假)"
    r"|(?:부재|휴가|출장)(?:중| 중|입니다|로|인)",
    re.I,
)

_REPLY = (
    r"auto(?:matic(?:ally)?|mated)?[- ]?(?:reply|response|respond\w*|answer|message|generated|acknowledg\w*)"
    r"|autoreply|autoresponder?|auto:|\[auto(?:[- ]?reply)?\]"
    r"|auto(?:matisch\w*)? ?(?:antwort\w*|eingangsbestätigung|bestätigung)|eingangsbestätigung|autosvar"
    r"|automatisk (?:svar|besvarelse|melding|kvittering)|auto-?svar|kvittering på"
    r"|automaattinen (?:vastaus|vastausviesti|ilmoitus)|automaattivastaus|automatisch (?:antwoord|bericht)"
    r"|automatische? (?:antwoord|reply|beantwoording|ontvangstbevestiging)|ontvangstbevestiging"
    r"|réponse automatique|accusé de réception|message automatique|respuesta autom[áa]tica|acuse de recibo"
    r"|mensaje autom[áa]tico|risposta automatica|conferma di ricezione|resposta autom[áa]tica"
    r"|mensagem autom[áa]tica|automatyczna odpowied[źz]|odpowied[źz] automatyczna|potwierdzenie otrzymania"
    r"|自動(?:返信|応答|回覆|回复|答覆)|自动(?:回复|答复|答覆)|受付(?:完了|のお知らせ)"
    r"|자동 ?(?:응답|회신|답장)|자동으로 발송"
)
REPLY = re.compile(rf"^.{{0,12}}(?:{_REPLY})", re.I)
REPLY_TEXT = re.compile(
    r"this is an? (?:automat(?:ed|ic)|auto)[- ]?(?:reply|response|message|acknowledg\w*|e-?mail|notification)?"
    r"|(?:automatically|auto-) ?generated (?:e-?mail|message|reply|response)"
    r"|(?:do|please do) not (?:reply|respond) to this (?:e-?mail|message|automated)"
    r"|(?:we|has) (?:have )?(?:been )?received your (?:e-?mail|message|request|inquiry|enquiry"
    r"|ticket).{0,120}(?:shortly|soon|within|hours|as soon|ticket|number|business days|reference)"
    r"|your (?:request|ticket|message|e-?mail) (?:\S+ )?has been (?:received|created|registered|logged)"
    r"|(?:automatisk generert|automatisk utsendt|dette er (?:en|et) automatisk|automatisk sendt)"
    r"|(?:vi har mottatt|vi har modtaget|vi har motteke|takk for din) .{0,40}(?:henvendelse|e-?post"
    r"|mail).{0,120}(?:så snart|innen|inden|snarest|saksnummer|sagsnummer|timer)|detta är ett automatiskt"
    r"|automatiskt (?:svar|meddelande|genererat)"
    r"|vi har (?:tagit emot|mottagit) (?:ditt|din).{0,120}(?:snart|inom|ärendenummer)"
    r"|tämä on automaattinen|automaattinen (?:viesti|vastaus|kuittaus)"
    r"|olemme vastaanottaneet (?:viestisi|yhteydenottosi|sähköpostisi)"
    r"|automatisch (?:generierte?|erstellte?|erzeugte?)|diese (?:e-?mail|nachricht) wurde automatisch"
    r"|ihre (?:anfrage|nachricht|e-?mail|mail).{0,60}(?:eingegangen|erhalten).{0,160}(?:schnellstmöglich"
    r"|so bald|so schnell|umgehend|ticket|werktag|stunden|bearbeit)|bitte antworten sie nicht auf diese"
    r"|automatisch (?:gegenereerd|bericht|antwoord|verzonden)"
    r"|wij hebben uw (?:e-?mail|bericht|vraag|aanvraag).{0,40}ontvangen|(?:dit is een|deze) automatisch"
    r"|ceci est (?:un|une) (?:message|réponse|e-?mail) automatique"
    r"|(?:merci de )?ne pas répondre à ce(?:t)? (?:message|e-?mail)"
    r"|nous avons bien reçu votre (?:demande|message|e-?mail|courriel)"
    r"|(?:este es un|mensaje|correo) (?:mensaje |correo )?(?:generado )?autom[áa]tic\w+|no responda a este"
    r"|hemos recibido su (?:mensaje|correo|solicitud|consulta)"
    r"|(?:questo è un |messaggio )(?:messaggio )?(?:generato )?automatic\w+"
    r"|(?:non rispondere|si prega di non rispondere)"
    r"|abbiamo ricevuto (?:la|il) (?:sua|suo|tua|tuo) (?:richiesta|messaggio|e-?mail)"
    r"|(?:esta é uma |mensagem )(?:mensagem )?(?:gerada )?autom[áa]tica|não responda a (?:este|esta)"
    r"|recebemos (?:a )?(?:sua|seu) (?:mensagem|e-?mail|solicitação|pedido)"
    r"|(?:to jest )?(?:wiadomość|odpowiedź) (?:wygenerowan\w+ )?automatyczn\w+|prosimy nie odpowiadać"
    r"|otrzymaliśmy (?:twoj|państwa|pana|pani)\w*|自動(?:送信|返信|配信|發送|發出|回覆|產生|生成)"
    r"|(?:本|此|這)(?:郵件|信件|メール)(?:は|為|由|是).{0,10}(?:自動|系統)|自动(?:发送|回复|发出|生成)"
    r"|系统(?:自动|邮件)"
    r"|(?:我們|我们|本公司)?(?:已|已經|已经)(?:收到|接獲)您的(?:來信|来信|郵件|邮件|訊息|询问|詢問|問題|问题)"
    r"|(?:請勿|请勿)(?:直接)?(?:回覆|回复)|(?:お問い合わせ|メール|ご連絡)(?:を|は)?(?:受け付け|受信|承り)"
    r"|자동(?:으로)? ?(?:발송|응답|회신|생성)|발신 ?전용|(?:문의|메일)(?:가|이|를|을)? ?(?:접수|수신)",
    re.I,
)

NEWSLETTER_SENDER = re.compile(
    r"^(?:newsletter|news|nyhetsbrev|nyhedsbrev|uutiskirje|infolettre|boletin|noticias|marketing|campaign"
    r"|offers?|deals|promo\w*|mailing|updates?)[-_.+@]",
    re.I,
)
UNSUBSCRIBE = re.compile(
    r"unsubscribe|opt[- ]out|manage (?:your )?(?:e-?mail )?(?:preferences|subscription)|email preferences"
    r"|view (?:this )?(?:e-?mail|it) in (?:your |a )?browser|meld(?:e)? (?:deg|dig) (?:av|af)|avmeld\w*"
    r"|afmeld\w*|avslutt abonnement|avprenumerera|avregistrera|peruuta? (?:tilaus|uutiskirje)"
    r"|lopeta tilaus|abmelden|abbestellen|austragen|newsletter abmeld|uitschrijven|afmelden|se désabonner"
    r"|désinscri\w*|désabonne\w*|darse de baja|cancelar (?:la )?suscripción|annulla(?:re)? l['’]iscrizione"
    r"|disiscri\w*|cancella(?:ti|re) (?:la )?iscrizione|cancelar (?:a )?(?:inscrição|assinatura)"
    r"|descadastr\w*|wypisz|rezygnuj\w*|wypisać się|配信停止|購読(?:を)?解除|メルマガ|取消訂閱|退訂"
    r"|取消订阅|退订|수신 ?거부|구독 ?(?:취소|해지)",
    re.I,
)
