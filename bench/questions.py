"""What customers of the sample company ask, in its four languages."""

QUESTIONS = {
    "en": [
        "How long does delivery take to Germany?", "What are your opening hours?", "Can I pay in instalments?",
        "My inverter shows E07, what does it mean?", "How do I clean my solar panels?", "Hello!",
        "How long is the warranty on the panels?", "How do I cancel my service contract?",
        "I need a copy of my invoice", "Does snow damage the panels?", "Thank you so much",
        "How many panels do I need for my house?", "How long until I get my refund?",
    ],
    "nb": [
        "Hvor lang tid tar leveringen?", "Når har dere åpent?", "Kan jeg betale i avdrag?",
        "Vekselretteren viser E04, hva betyr det?", "Hvordan rengjør jeg solcellepanelene?", "Hei!",
        "Hvor lang er garantien på batteriet?", "Hvordan sier jeg opp serviceavtalen?",
        "Jeg trenger en kopi av fakturaen", "Laderen starter ikke, hva gjør jeg?", "Tusen takk",
        "Hva koster et batteri?", "Hvor finner jeg personvernerklæringen?",
    ],
    "de": [
        "Wie lange dauert die Lieferung?", "Wann haben Sie geöffnet?", "Kann ich in Raten zahlen?",
        "Der Wechselrichter zeigt E12, was heißt das?", "Wie reinige ich die Solarmodule?", "Hallo!",
        "Wie lange gilt die Garantie auf den Wechselrichter?", "Wie kündige ich meinen Servicevertrag?",
        "Ich brauche eine Rechnungskopie", "Die Batterie lädt nicht", "Vielen Dank",
        "Was kostet ein Solarmodul?", "Gibt es eine Förderung für Solaranlagen?",
    ],
    "zh-Hant": [
        "送貨需要多久？", "請問營業時間是幾點？", "可以分期付款嗎？", "逆變器顯示 E01 是什麼意思？",
        "太陽能板要怎麼清潔？", "你好！", "電池的保固期是多久？", "我要怎麼取消服務合約？", "我需要發票副本",
        "充電器無法啟動怎麼辦？", "謝謝你", "退款要等多久？", "需要安裝幾片太陽能板？",
    ],
}  # fmt: skip


def asked(number: int) -> tuple[str, str]:
    """Language and text of the `number`th question; visitors keep their language."""
    languages = list(QUESTIONS)
    language = languages[number % len(languages)]
    texts = QUESTIONS[language]
    return language, texts[(number // len(languages)) % len(texts)]
