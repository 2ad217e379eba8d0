"""Paragraphs that are not the article: "Baca juga", scroll prompts, channel adverts, Google News footers, copyright lines."""

from __future__ import annotations

import re

PATTERNS = (
    # Indonesian
    r"^baca\s+(?:juga|artikel|selengkapnya|berita)\b(?:\s+\w+){0,2}\s*(?::|$|;)",
    r"^baca juga\b",
    r"^(?:simak|tonton|saksikan|lihat)\s+(?:juga\s+)?(?:video|foto|live|di sini)",
    r"^(?:lihat|simak) juga\s*(?::|$)",
    r"^\W*(?:advertisement|advertise with us|iklan|advertorial|ads?)\W*$",
    r"^(?:scroll|gulir)\s+(?:to|untuk|ke bawah)\b",
    r"^halaman\s*:?\s*\d+(?:\s+dari\s+\d+)?$",
    r"^cek berita\s+(?:dan artikel yang lain|lainnya)",
    r"^artikel ini (?:telah|sudah) (?:di)?tayang(?:kan)?\s+(?:sebelumnya\s+)?di\b",
    r"^pilihan editor\s*:?\s*$",
    r"^(?:selanjutnya|berikutnya|menarik dibaca|berita terkait|artikel terkait|topik terkait|video pilihan(?: redaksi)?)\s*(?::|$)",
    r"^dapatkan (?:update|berita|informasi)\b.{0,120}\b(?:setiap hari|pilihan|terkini|terbaru|ponsel)",
    r"^simak (?:breaking news|berita)\b.{0,160}(?:ponsel|whatsapp|google news|aplikasi|kanal)",
    r"^(?:ayo |mari |yuk )?(?:ikuti|gabung|bergabung)\b.{0,80}(?:google news|whatsapp|telegram|instagram|facebook|twitter|tiktok|youtube|kanal)",
    r"^\[gambas\s*:.*\]$",
    r"^\(\*+\)$",
    r"^[\[(][A-Za-z]{2,4}(?:/[A-Za-z]{2,4})*[\])]$",
    r"^jangan lewatkan\b.{0,60}$",
    r"^dilarang keras mengambil konten",
    r"^(?:kirimkan komentar|bagikan|share)\s*(?::|anda\b|$)",
    r"^konten disembunyikan\b",
    # English
    r"^(?:also |must )?read(?: more| also| next| the full)?\s*:(?!\s*$).{0,200}$",
    (
        r"^(?:read (?:more|also|next)|also read|see also|related(?: (?:articles?|stories|content|news|coverage))?|more from .{1,40}|"
        r"recommended(?: for you| stories)?|you (?:may|might) (?:also )?like|up next|most (?:read|popular)(?: articles| stories)?|"
        r"more (?:stories|on this story|news)|trending(?: now)?|top stories|popular stories|editors?[’']s? picks?|"
        r"story continues below(?: advertisement)?|article continues (?:below|after)(?: (?:this )?ad\w*)?|continue reading|loading\W*|"
        r"sign up(?: here| now)?|log in|subscribe(?: now)?|newsletter|share this(?: article| story)?|comments?|"
        r"view (?:this post|comments)(?: on .*)?|skip (?:past|to) .{1,40})\s*:?$"
    ),
    r"^(?:sign up|subscribe)\b.{0,120}\b(?:newsletters?|inbox|e-?mails?|daily|weekly|alerts?)\b",
    r"^get\b.{0,80}\b(?:newsletters?|in your inbox|to your inbox|delivered)\b",
    r"^(?:follow|like|join|find) (?:us|him|her|them|me)\b.{0,80}\b(?:twitter|facebook|instagram|linkedin|youtube|x|threads|tiktok)\b",
    r"^(?:follow|add) .{1,60} on (?:google news|twitter|facebook|instagram|whatsapp|x)\b.{0,120}$",
    r"^follow .{1,80} on (?:snapchat|instagram|twitter|facebook|threads|bluesky|x)\b.{0,120}$",
    r"^(?:have|got) a (?:news )?tip\b",
    r"^do you have a story\b.{0,160}$",
    r"^[^.:]{2,200}\bcontributed (?:reporting )?to (?:this|the) (?:story|report|article)\W*$",
    r"^(?:photo|video|editorial|image) credits?$",
    r"^for more (?:stories|news) (?:like this|from)\b.{0,120}$",
    r"^[\w ]{2,24} newsletters?$",
    r"^this (?:article|story) (?:was )?(?:first|originally) (?:published|appeared)\b.{0,160}$",
    r"^with reports from\b.{0,120}$",
    r"^\W*(?:(?:additional |with )?(?:reporting|writing|editing) by|(?:additional|with) reporting from)\b.{0,300}$",
    r"^(?:[\w.'’-]+\s){1,4}reported from [A-Z].{0,200}$",
    r"^(?:this (?:story|article|report) )?(?:includes|contains) (?:information|reporting|material) from\b.{0,120}$",
    r"^contributing\s*:",
    r"^more information\s*:",
    r"^(?:last )?updated (?:at|on) \d.{0,60}$",
    r"^this (?:article|story|report) was (?:amended|corrected|updated) on\b",
    r"^this is a (?:breaking|developing) (?:news )?story\b.{0,120}$",
    r"^this interview (?:has been|was) edited\b.{0,80}$",
    r"^(?:cross-?posted|republished|reprinted) from\b.{0,120}$",
    r"^(?:to )?(?:e-?mail|contact|write to|get in touch with) .{1,120}(?:@|\bat\b.{0,80}@|\b(?:twitter|facebook|form)\b).{0,160}$",
    r"^follow .{1,60}(?:coverage|@\w).{0,160}$",
    r"^.{0,60}\bhttps?://\S+$",
    r"^(?:watch|listen|photos?|video|pictures|gallery)\s*[|:].{0,200}$",
    r"^(?:scroll|click|swipe) (?:through|down|on|below)\b.{0,120}$",
    r"^also available on\b.{0,60}$",
    r"^\W*(?:some )?names\b.{0,40}\bhave been changed\b.{0,80}$",
    r"^(?:first|originally) published (?:in|on|by|at)\b.{0,100}$",
    r"^this site is protected by\b.{0,120}$",
    r"^(?:any |the |necessary |these |we use )?cookies\b.{0,320}$",
    r"^\[(\w+)[^\]]*\].*\[/\1\]$",
    r"^(?:featured fact-?check|recommended videos?|current issue|sponsored(?: link| content)?|in this article|what to read next)$",
    r"^(?:©|\(c\)|copyright\b)",
    r"^this (?:document is subject to copyright|material may not be published|website uses cookies|content can also be viewed)",
    r"^citation\s*:.{0,300}\bretrieved\b",
    r"^the post .{1,200} appeared first on .{1,80}$",
    r"^click here to\b.{0,80}$",
    r"^opens? (?:in (?:a )?)?new (?:tab|window)$",
    r"^_{2,}$",
    # neighbours
    r"^öffnet im neuen fenster$",
    r"^mit (?:informationen|material) (?:der|von)\b.{0,160}$",
    r"^(?:mit )?(?:dpa|afp|reuters|sid|kna|epd)(?:[/, ]+(?:dpa|afp|reuters|sid|kna|epd|\w{2,3}))*$",
    r"^dieses thema im programm\b",
    r"^(?:alle|aktuelle|weitere) (?:meldungen|nachrichten|news|infos?)\b.{0,160}\b(?:finden sie|liveblog|hier)\b.{0,60}$",
    r"^il vous reste \d.{0,120}$",
    r"^dieser (?:artikel|text|beitrag) (?:ist|erschien|wurde)\b.{0,40}\b(?:zuerst|erstmals)\b.{0,80}$",
    (
        r"^(?:lesen sie (?:auch|mehr|hier)|mehr zum thema|auch interessant|lire aussi|à lire aussi|lea también|leia também|"
        r"lees ook|les også|läs också|leggi anche|czytaj też|читайте также)\b.{0,200}$"
    ),
)
"""Against a whole paragraph from its start, ignoring case."""

ANYWHERE = (
    r"\bcan be reached (?:at|on|by)\b.{0,80}@",
    r"\ball rights? reserved\W*.{0,40}$",
    r"\bsign(?:ing)? up (?:for|to|here)\b.{0,120}\b(?:newsletters?|e-?mails?|briefing|alerts|app)\b",
    r"\bwherever you get your podcasts\W*$",
    r"\bnewsletter\b.{0,160}\b(?:anmeld\w+|abonnier\w+|postfach|inscri\w+|suscr\w+)\b",
    r"\b(?:comments|kommentare)\b.{0,80}\b(?:\w*moderat\w+|approved)\b",
)
"""Looked for in a whole paragraph, which is `LONGEST` at the most."""

SHORT_ONLY = (
    r"google news",
    r"(?:whatsapp|wa) channel|channel (?:whatsapp|telegram)|gr(?:o)?up telegram|saluran whatsapp",
)
"""Said of real things too, so only in paragraphs under `SHORT` characters."""
SHORT = 200

BOILERPLATE = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), re.IGNORECASE)
APPEAL = re.compile("|".join(f"(?:{pattern})" for pattern in ANYWHERE), re.IGNORECASE)
ADVERT = re.compile("|".join(SHORT_ONLY), re.IGNORECASE)
LONGEST = 400
"""Longer paragraphs are prose, whatever they begin with."""


def is_boilerplate(paragraph: str) -> bool:
    """Say whether `paragraph` (one line) is furniture of the page."""
    if len(paragraph) > LONGEST:
        return False
    if BOILERPLATE.match(paragraph) or APPEAL.search(paragraph):
        return True
    return len(paragraph) < SHORT and bool(ADVERT.search(paragraph))
