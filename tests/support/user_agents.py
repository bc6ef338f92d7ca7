"""User-Agents of browsers."""

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
CHROME = f"{WINDOWS} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36"
PHONE = CHROME.replace("Windows NT 10.0; Win64; x64", "Linux; Android 10; K").replace(
    " Safari", " Mobile Safari"
)
DESKTOP = CHROME.replace("Windows NT 10.0; Win64; x64", "X11; Linux x86_64")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = f"{MAC} Version/18.4 Safari/605.1.15"
EXPLORER = "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko"
