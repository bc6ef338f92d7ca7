; HTTP clients, by the headers of their requests.
;
; First the systems that User-Agents name. The first item that stands in the text counts, so what names
; two systems is asked for the rarer one first: Android says Linux as well, iOS says "like Mac OS X",
; Windows Phone says Android. Texts of browsers are frozen (Windows NT 10.0, Mac OS X 10_15_7,
; Android 10), so they claim a family and no version. The same list reads the client hint
; Sec-CH-UA-Platform.
;
; Then specific signatures, which know the order of headers, and generic ones at the end, which know the
; program by its own word alone. Where the order alone is telling, a last line of the group has it
; without the word: a request that lacks the word is dishonest.

classes = win,unix,other

[http:request]

ua_os = Windows Phone,Xbox,iOS=[(iPhone;],iOS=[(iPad;],Windows=[(Windows NT ],macOS=[(Macintosh;],iOS or Android=[Outlook-iOS-Android/]
ua_os = Chrome OS=[CrOS],Chrome OS,Chrome OS=[Chromium OS],Tizen,webOS=[Web0S],KaiOS=[KAIOS],KaiOS
ua_os = HarmonyOS,Android,Android=[Dalvik/],PlayStation 5,PlayStation 4,PlayStation 3=[PLAYSTATION 3],PlayStation Vita
ua_os = Nintendo Switch,Nintendo,iOS=[iPhone],iOS=[iPad],iOS=[iPod],tvOS=[AppleTV],tvOS=[Apple TV],watchOS=[Watch OS],watchOS
ua_os = iOS=[CPU OS ],iOS
ua_os = Windows,Windows=[Win64],Windows=[Win32],Windows=[WinHTTP],Windows=[WinNT],Windows=[Win98],Windows=[Microsoft BITS/]
ua_os = Windows=[Microsoft-Delivery-Optimization/],Windows=[Microsoft NCSI],Windows=[Microsoft-CryptoAPI/]
ua_os = macOS=[Macintosh],macOS=[Mac OS X],macOS=[macOS],macOS=[OS X],macOS=[Mac_PowerPC]
ua_os = macOS or iOS=[Darwin/],macOS or iOS=[darwin],macOS or iOS=[CFNetwork/],macOS or iOS=[com.apple.]
ua_os = macOS or iOS=[CaptiveNetworkSupport],macOS or iOS=[AppleCoreMedia/]
ua_os = FreeBSD,FreeBSD=[freebsd],OpenBSD,OpenBSD=[openbsd],NetBSD,NetBSD=[netbsd],DragonFly,Solaris=[SunOS],Solaris=[solaris]
ua_os = HP-UX,Linux,Linux=[linux],Linux=[Ubuntu],Linux=[Debian],Linux=[Fedora],Linux=[CentOS],Linux=[uclient-fetch]

; Browsers of Chromium.

label = s:!:Edge:89 or newer
sys   =
; source: Chromium 156 measured here 2026; requests in public captures; high
sig   = 1:Host,Connection=[keep-alive],?Pragma,?Cache-Control,sec-ch-ua,sec-ch-ua-mobile,sec-ch-ua-platform,Upgrade-Insecure-Requests,User-Agent=[Edg/],Accept,?Sec-GPC,Sec-Fetch-Site,Sec-Fetch-Mode,?Sec-Fetch-User,Sec-Fetch-Dest,?Referer,Accept-Encoding:Accept-Charset,Keep-Alive:

label = s:!:Edge:60 or newer
sys   =
; source: requests in public captures, versions 86 and 99; high
sig   = 1:Host,Connection=[keep-alive],?Pragma,?Cache-Control,Upgrade-Insecure-Requests=[1],User-Agent=[Edg/],Accept,?Referer,Accept-Encoding,Accept-Language,?Cookie:sec-ch-ua,Accept-Charset,Keep-Alive:

label = s:!:Opera:89 or newer
sys   =
; source: Chromium 156 measured here 2026; requests in public captures; high
sig   = 1:Host,Connection=[keep-alive],?Pragma,?Cache-Control,sec-ch-ua,sec-ch-ua-mobile,sec-ch-ua-platform,Upgrade-Insecure-Requests,User-Agent=[OPR/],Accept,?Sec-GPC,Sec-Fetch-Site,Sec-Fetch-Mode,?Sec-Fetch-User,Sec-Fetch-Dest,?Referer,Accept-Encoding:Accept-Charset,Keep-Alive:

label = s:!:Opera:60 or newer
sys   =
; source: requests in public captures, versions 86 and 99; high
sig   = 1:Host,Connection=[keep-alive],?Pragma,?Cache-Control,Upgrade-Insecure-Requests=[1],User-Agent=[OPR/],Accept,?Referer,Accept-Encoding,Accept-Language,?Cookie:sec-ch-ua,Accept-Charset,Keep-Alive:

label = s:!:Opera:50-57
sys   =
; source: requests in public captures, version 50; medium
sig   = 1:Host,Connection=[keep-alive],?Cache-Control,Accept=[text/html],Upgrade-Insecure-Requests=[1],User-Agent=[OPR/],?Referer,Accept-Encoding,Accept-Language,?Cookie:Accept-Charset,Keep-Alive:

label = s:!:Samsung Internet:89 or newer
sys   = Android
; source: Chromium 156 measured here 2026; requests in public captures; high
sig   = 1:Host,Connection=[keep-alive],?Pragma,?Cache-Control,sec-ch-ua,sec-ch-ua-mobile,sec-ch-ua-platform,Upgrade-Insecure-Requests,User-Agent=[SamsungBrowser/],Accept,?Sec-GPC,Sec-Fetch-Site,Sec-Fetch-Mode,?Sec-Fetch-User,Sec-Fetch-Dest,?Referer,Accept-Encoding:Accept-Charset,Keep-Alive:

label = s:!:Samsung Internet:60 or newer
sys   = Android
; source: requests in public captures, versions 86 and 99; high
sig   = 1:Host,Connection=[keep-alive],?Pragma,?Cache-Control,Upgrade-Insecure-Requests=[1],User-Agent=[SamsungBrowser/],Accept,?Referer,Accept-Encoding,Accept-Language,?Cookie:sec-ch-ua,Accept-Charset,Keep-Alive:

label = s:!:Chrome:89 or newer
sys   =
; source: Chromium 156 measured here 2026; requests in public captures; high
sig   = 1:Host,Connection=[keep-alive],?Pragma,?Cache-Control,sec-ch-ua,sec-ch-ua-mobile,sec-ch-ua-platform,Upgrade-Insecure-Requests,User-Agent=[Chrome/],Accept,?Sec-GPC,Sec-Fetch-Site,Sec-Fetch-Mode,?Sec-Fetch-User,Sec-Fetch-Dest,?Referer,Accept-Encoding:Accept-Charset,Keep-Alive:

label = s:!:Chrome:60 or newer
sys   =
; source: requests in public captures, versions 86 and 99; high
sig   = 1:Host,Connection=[keep-alive],?Pragma,?Cache-Control,Upgrade-Insecure-Requests=[1],User-Agent=[Chrome/],Accept,?Referer,Accept-Encoding,Accept-Language,?Cookie:sec-ch-ua,Accept-Charset,Keep-Alive:

label = s:!:Chrome:50-57
sys   =
; source: requests in public captures, version 50; medium
sig   = 1:Host,Connection=[keep-alive],?Cache-Control,Accept=[text/html],Upgrade-Insecure-Requests=[1],User-Agent=[Chrome/],?Referer,Accept-Encoding,Accept-Language,?Cookie:Accept-Charset,Keep-Alive:

label = s:!:Chrome or another of Chromium:89 or newer
sys   =
; source: Chromium 156 measured here 2026; requests in public captures; high
sig   = 1:Host,Connection=[keep-alive],?Pragma,?Cache-Control,sec-ch-ua,sec-ch-ua-mobile,sec-ch-ua-platform,Upgrade-Insecure-Requests,User-Agent,Accept,?Sec-GPC,Sec-Fetch-Site,Sec-Fetch-Mode,?Sec-Fetch-User,Sec-Fetch-Dest,?Referer,Accept-Encoding:Accept-Charset,Keep-Alive:Chrome/

label = s:!:Chrome or another of Chromium:60 or newer
sys   =
; source: requests in public captures, versions 86 and 99; high
sig   = 1:Host,Connection=[keep-alive],?Pragma,?Cache-Control,Upgrade-Insecure-Requests=[1],User-Agent,Accept,?Referer,Accept-Encoding,Accept-Language,?Cookie:sec-ch-ua,Accept-Charset,Keep-Alive:Chrome/

label = s:!:Chrome or another of Chromium:50-57
sys   =
; source: requests in public captures, version 50; medium
sig   = 1:Host,Connection=[keep-alive],?Cache-Control,Accept=[text/html],Upgrade-Insecure-Requests=[1],User-Agent,?Referer,Accept-Encoding,Accept-Language,?Cookie:Accept-Charset,Keep-Alive:Chrome/

label = s:!:Chrome:8-15
sys   =
; source: requests in public captures; medium
sig   = 1:Host,Connection=[keep-alive],?Referer,Accept,User-Agent=[Chrome/],Accept-Encoding,Accept-Language,Accept-Charset=[ISO-8859-1]:Keep-Alive:
sig   = 1:Host,Connection=[keep-alive],User-Agent=[Chrome/],Accept,?Referer,Accept-Encoding,Accept-Language,Accept-Charset=[ISO-8859-1]:Keep-Alive:

label = s:!:Android WebView:
sys   = Android
; source: requests in public captures; high
sig   = 1:Host,Connection=[keep-alive],?Pragma,?Cache-Control,?Upgrade-Insecure-Requests,User-Agent=[; wv)],?Accept,?Referer,Accept-Encoding,Accept-Language,?Cookie,X-Requested-With::

; Firefox. Tor Browser and others made of it send the same.

label = s:!:Firefox:128 or newer
sys   =
; source: Firefox 153 measured here 2026; browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); requests in public captures; high
sig   = 1:Host,User-Agent=[Firefox/],Accept,Accept-Language,Accept-Encoding=[gzip],?DNT,?Sec-GPC,Connection=[keep-alive],?Referer,?Cookie,Upgrade-Insecure-Requests=[1],?Sec-Fetch-Dest,?Sec-Fetch-Mode,?Sec-Fetch-Site,?Sec-Fetch-User,Priority=[u=0]:Accept-Charset,Keep-Alive:

label = s:!:Firefox:52-127
sys   =
; source: requests in public captures, versions 52 to 115; high
sig   = 1:Host,User-Agent=[Firefox/],Accept,Accept-Language,Accept-Encoding=[gzip],?DNT,Connection=[keep-alive],?Referer,?Cookie,Upgrade-Insecure-Requests=[1]:Accept-Charset,Keep-Alive,Priority:

label = s:!:Firefox:11-45
sys   =
; source: requests in public captures, versions 19 to 45; medium
sig   = 1:Host,User-Agent=[Firefox/],Accept,Accept-Language,Accept-Encoding=[gzip],?DNT,Referer,?Cookie,Connection=[keep-alive]:Accept-Charset,Keep-Alive,Upgrade-Insecure-Requests,Priority,Sec-Fetch-Dest,Origin:
sig   = 1:Host,User-Agent=[Firefox/],Accept,Accept-Language,Accept-Encoding=[gzip],?DNT,Cookie,Connection=[keep-alive]:Accept-Charset,Keep-Alive,Referer,Upgrade-Insecure-Requests,Priority,Sec-Fetch-Dest,Origin:

; Only Referer and Cookie show the order that version 52 changed.
label = s:!:Firefox:11 or newer
sys   =
; source: requests in public captures, versions 19 to 68; medium
sig   = 1:Host,User-Agent=[Firefox/],Accept,Accept-Language,Accept-Encoding=[gzip],?DNT,Connection=[keep-alive]:Accept-Charset,Keep-Alive,Referer,Cookie,Upgrade-Insecure-Requests,Priority,Sec-Fetch-Dest,Origin:

label = s:!:Firefox:4-10
sys   =
; source: requests in public captures, versions 5 to 7; medium
sig   = 1:Host,User-Agent=[Firefox/],Accept,Accept-Language,Accept-Encoding=[gzip],Accept-Charset,?DNT,Connection=[keep-alive]:Keep-Alive:

label = s:!:Firefox:2-3
sys   =
; source: requests in public captures, versions 3.0 to 3.6; high
sig   = 1:Host,User-Agent=[Firefox/],Accept,Accept-Language,Accept-Encoding=[gzip],Accept-Charset,Keep-Alive,Connection=[keep-alive]::

label = s:!:Firefox or another of Gecko:128 or newer
sys   =
; source: Firefox 153 measured here 2026; browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); requests in public captures; high
sig   = 1:Host,User-Agent,Accept,Accept-Language,Accept-Encoding=[gzip],?DNT,?Sec-GPC,Connection=[keep-alive],?Referer,?Cookie,Upgrade-Insecure-Requests=[1],?Sec-Fetch-Dest,?Sec-Fetch-Mode,?Sec-Fetch-Site,?Sec-Fetch-User,Priority=[u=0]:Accept-Charset,Keep-Alive:Gecko/

label = s:!:Firefox or another of Gecko:52-127
sys   =
; source: requests in public captures, versions 52 to 115; high
sig   = 1:Host,User-Agent,Accept,Accept-Language,Accept-Encoding=[gzip],?DNT,Connection=[keep-alive],?Referer,?Cookie,Upgrade-Insecure-Requests=[1]:Accept-Charset,Keep-Alive,Priority:Gecko/

label = s:!:Firefox or another of Gecko:11-45
sys   =
; source: requests in public captures, versions 19 to 45; medium
sig   = 1:Host,User-Agent,Accept,Accept-Language,Accept-Encoding=[gzip],?DNT,Referer,?Cookie,Connection=[keep-alive]:Accept-Charset,Keep-Alive,Upgrade-Insecure-Requests,Priority,Sec-Fetch-Dest,Origin:Gecko/
sig   = 1:Host,User-Agent,Accept,Accept-Language,Accept-Encoding=[gzip],?DNT,Cookie,Connection=[keep-alive]:Accept-Charset,Keep-Alive,Referer,Upgrade-Insecure-Requests,Priority,Sec-Fetch-Dest,Origin:Gecko/

; Only Referer and Cookie show the order that version 52 changed.
label = s:!:Firefox or another of Gecko:11 or newer
sys   =
; source: requests in public captures, versions 19 to 68; medium
sig   = 1:Host,User-Agent,Accept,Accept-Language,Accept-Encoding=[gzip],?DNT,Connection=[keep-alive]:Accept-Charset,Keep-Alive,Referer,Cookie,Upgrade-Insecure-Requests,Priority,Sec-Fetch-Dest,Origin:Gecko/

label = s:!:Firefox or another of Gecko:4-10
sys   =
; source: requests in public captures, versions 5 to 7; medium
sig   = 1:Host,User-Agent,Accept,Accept-Language,Accept-Encoding=[gzip],Accept-Charset,?DNT,Connection=[keep-alive]:Keep-Alive:Gecko/

label = s:!:Firefox or another of Gecko:2-3
sys   =
; source: requests in public captures, versions 3.0 to 3.6; high
sig   = 1:Host,User-Agent,Accept,Accept-Language,Accept-Encoding=[gzip],Accept-Charset,Keep-Alive,Connection=[keep-alive]::Gecko/

; Safari, and all browsers of iOS before 18.

label = s:!:Safari:17 or older
sys   = macOS,iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0), versions 16 and 17; medium
sig   = 1:Host,Accept,?Upgrade-Insecure-Requests=[1],?Cookie,User-Agent=[Safari/],Accept-Language,Accept-Encoding,Connection=[keep-alive]:Keep-Alive,Accept-Charset:

label = s:!:Safari:17
sys   = macOS,iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); medium
sig   = 1:Host,Sec-Fetch-Site,?Cookie,Connection=[keep-alive],Sec-Fetch-Mode,Accept,User-Agent=[Safari/],Accept-Language,Sec-Fetch-Dest,Accept-Encoding:Keep-Alive:

label = s:!:Safari:18
sys   = macOS,iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); medium
sig   = 1:Host,Sec-Fetch-Dest,User-Agent=[Safari/],Accept,Sec-Fetch-Site,Sec-Fetch-Mode,Accept-Language,Priority,Accept-Encoding,?Cookie,Connection=[keep-alive]:Keep-Alive:

label = s:!:Safari:17 or newer
sys   = macOS,iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0), versions 18 and 26; requests in public captures, version 17.5; high
sig   = 1:Host,Upgrade-Insecure-Requests=[1],Accept,User-Agent=[Safari/],Accept-Language,?Priority,Accept-Encoding,?Cookie,Connection=[keep-alive]:Keep-Alive,sec-ch-ua:

label = s:!:Safari or another of WebKit:17 or older
sys   = macOS,iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0), versions 16 and 17; medium
sig   = 1:Host,Accept,Upgrade-Insecure-Requests=[1],?Cookie,User-Agent,Accept-Language,Accept-Encoding,Connection=[keep-alive]:Keep-Alive,Accept-Charset:AppleWebKit/

label = s:!:Safari or another of WebKit:17
sys   = macOS,iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); medium
sig   = 1:Host,Sec-Fetch-Site,?Cookie,Connection=[keep-alive],Sec-Fetch-Mode,Accept,User-Agent,Accept-Language,Sec-Fetch-Dest,Accept-Encoding:Keep-Alive:AppleWebKit/

label = s:!:Safari or another of WebKit:18
sys   = macOS,iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); medium
sig   = 1:Host,Sec-Fetch-Dest,User-Agent,Accept,Sec-Fetch-Site,Sec-Fetch-Mode,Accept-Language,Priority,Accept-Encoding,?Cookie,Connection=[keep-alive]:Keep-Alive:AppleWebKit/

label = s:!:Safari or another of WebKit:17 or newer
sys   = macOS,iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0), versions 18 and 26; requests in public captures, version 17.5; high
sig   = 1:Host,Upgrade-Insecure-Requests=[1],Accept,User-Agent,Accept-Language,?Priority,Accept-Encoding,?Cookie,Connection=[keep-alive]:Keep-Alive,sec-ch-ua:AppleWebKit/

label = s:!:Safari:5 or older
sys   = macOS
; source: requests in public captures, versions 3 and 5; medium
sig   = 1:User-Agent=[Safari/],?Referer,Accept,Accept-Language,Accept-Encoding,?Cookie,Connection=[keep-alive],Host:Keep-Alive,Accept-Charset:
sig   = 1:User-Agent=[Safari/],Referer,Accept,?Cookie,Connection=[keep-alive],Accept-Encoding,Accept-Language,Host:Keep-Alive,Accept-Charset:
sig   = 1:User-Agent=[Safari/],Accept,?Referer,?Cookie,Connection=[keep-alive],Accept-Encoding,Accept-Language,Host:Keep-Alive,Accept-Charset:

; Internet Explorer, whose network library other programs of Windows use as well.

label = s:!:Internet Explorer:10 or older
sys   = Windows
; source: requests in public captures; high
sig   = 1:Accept,?Referer,?Accept-Language,?UA-CPU,Accept-Encoding,User-Agent=[MSIE],Host,Connection=[Keep-Alive]:Keep-Alive,Accept-Charset:
sig   = 1:Accept,?Referer,Accept-Language,User-Agent=[MSIE],?UA-CPU,Accept-Encoding,?If-Modified-Since,?If-None-Match,?DNT,Host,?Pragma,Connection=[Keep-Alive]:Keep-Alive,Accept-Charset:

label = s:!:Internet Explorer:11
sys   = Windows
; source: requests in public captures; high
sig   = 1:Accept,?Referer,?Accept-Language,?UA-CPU,Accept-Encoding,User-Agent=[Trident/],Host,Connection=[Keep-Alive]:Keep-Alive,Accept-Charset:
sig   = 1:Accept,?Referer,Accept-Language,User-Agent=[Trident/],?UA-CPU,Accept-Encoding,?If-Modified-Since,?If-None-Match,?DNT,Host,?Pragma,Connection=[Keep-Alive]:Keep-Alive,Accept-Charset:

; Programs and libraries, in the order of headers that they send when nobody changes it.

label = s:!:curl:7.45 or newer
sys   =
; source: curl 7.88 measured here 2026; requests in public captures, versions 7.47 to 8.7; high
sig   = *:Host,?Range,User-Agent=[curl/],Accept=[*/*]:Accept-Language,Accept-Charset,Connection:

label = s:!:curl:7.44 or older
sys   =
; source: requests in public captures, versions 7.19 to 7.34; high
sig   = *:User-Agent=[curl/],Host,Accept=[*/*]:Accept-Language,Accept-Charset,Connection:

label = s:!:git:
sys   =
; source: git 2.39 measured here 2026; high
sig   = 1:Host,User-Agent=[git/],Accept=[*/*],Accept-Encoding,?Accept-Language,Pragma=[no-cache],Git-Protocol::

label = s:!:Wget:1.21 or newer
sys   =
; source: Wget 1.21 measured here 2026; high
sig   = 1:Host,User-Agent=[Wget/],Accept=[*/*],Accept-Encoding=[identity],Connection=[Keep-Alive]::

label = s:!:Wget:1.16-1.20
sys   =
; source: requests in public captures; high
sig   = 1:User-Agent=[Wget/],Accept=[*/*],Accept-Encoding=[identity],Host,Connection=[Keep-Alive]::

label = s:!:Wget:1.15 or older
sys   =
; source: requests in public captures, versions 1.10 to 1.15; high
sig   = *:User-Agent=[Wget/],Accept=[*/*],Host,Connection=[Keep-Alive]:Accept-Encoding:

label = s:!:aria2:
sys   =
; source: aria2 1.36 measured here 2026; high
sig   = 1:User-Agent=[aria2/],Accept=[*/*],Host,?Want-Digest:Accept-Encoding:

label = s:!:Lynx:
sys   =
; source: Lynx 2.9 measured here 2026; requests in public captures; high
sig   = *:Host,Accept=[text/html],?Accept-Encoding,Accept-Language,?Pragma,?Cache-Control,User-Agent=[Lynx/]::

label = s:!:w3m:
sys   =
; source: w3m 0.5.3 measured here 2026; high
sig   = *:User-Agent=[w3m/],Accept=[text/html],Accept-Encoding=[bzip],Accept-Language,Host::

label = s:!:apt:
sys   = Linux
; source: apt 2.6 of Debian 12 measured here 2026; high
sig   = 1:Host,?Range,?If-Modified-Since,?Cache-Control,?Accept,User-Agent=[Debian APT-HTTP/]::

label = s:!:Python urllib:
sys   =
; source: Python 3.11 measured here 2026; requests in public captures; high
sig   = 1:Accept-Encoding=[identity],?Content-Type,?Content-Length,Host,User-Agent=[Python-urllib/],Connection=[close]::

label = s:!:Python http.client:
sys   =
; source: Python 3.11 measured here 2026; medium
sig   = 1:Host,Accept-Encoding=[identity]:User-Agent,Accept,Connection:

label = s:!:Python Requests:
sys   =
; source: requests 2.34 measured here 2026; requests in public captures; high
sig   = 1:Host,User-Agent=[python-requests/],Accept-Encoding=[gzip],Accept=[*/*],Connection=[keep-alive]::

label = s:!:Python urllib3:
sys   =
; source: urllib3 2.8 measured here 2026; high
sig   = 1:Host,Accept-Encoding=[identity],User-Agent=[python-urllib3/]:Accept:

label = s:!:Python aiohttp:
sys   =
; source: aiohttp 3.14 measured here 2026; high
sig   = 1:Host,Accept=[*/*],Accept-Encoding,User-Agent=[aiohttp/]:Connection:

label = s:!:Python websockets:
sys   =
; source: requests in public captures; high
sig   = 1:Host,User-Agent=[websockets/],Upgrade,Connection=[Upgrade],Sec-WebSocket-Key,Sec-WebSocket-Version::

label = s:!:Python websockets:
sys   =
; source: requests in public captures; high
sig   = 1:Host,Upgrade,Connection=[Upgrade],Sec-WebSocket-Key,Sec-WebSocket-Version,?Sec-WebSocket-Extensions,?Sec-WebSocket-Protocol,User-Agent=[websockets/]::

label = s:!:Node.js fetch:
sys   =
; source: Node.js 20 measured here 2026; high
sig   = 1:Host,Connection=[keep-alive],Accept=[*/*],Accept-Language=[*],Sec-Fetch-Mode=[cors],User-Agent,Accept-Encoding:sec-ch-ua:

label = s:!:Ruby Net HTTP:
sys   =
; source: Ruby 3.1 measured here 2026; high
sig   = 1:Accept-Encoding=[gzip;q=1.0,deflate;q=0.6,identity;q=0.3],Accept=[*/*],User-Agent=[Ruby],Host::

label = s:!:Perl HTTP-Tiny:
sys   =
; source: Perl 5.36 measured here 2026; high
sig   = 1:Host,User-Agent=[HTTP-Tiny/]:Accept:

label = s:!:Perl LWP:
sys   =
; source: libwww-perl 6.68 measured here 2026; high
sig   = 1:TE=[deflate,gzip;q=0.3],Connection=[TE],?Accept,Host,User-Agent=[libwww-perl/]::

label = s:!:Go net/http:
sys   =
; source: Go measured here 2026; high
sig   = 1:Host,User-Agent=[Go-http-client/],Accept-Encoding=[gzip]:Accept,Accept-Language:

label = s:!:Java HttpClient:11 or newer
sys   =
; source: Java 17 measured here 2026; high
sig   = 1:Connection=[Upgrade, HTTP2-Settings],?Content-Length,Host,HTTP2-Settings,Upgrade=[h2c],User-Agent=[Java-http-client/]::

label = s:!:Java HttpURLConnection:
sys   =
; source: Java 17 measured here 2026; high
sig   = 1:User-Agent=[Java/],Host,Accept=[text/html, image/gif, image/jpeg],Connection=[keep-alive]::

label = s:!:Android Dalvik:
sys   = Android
; source: requests in public captures; high
sig   = 1:User-Agent=[Dalvik/],Host,Connection=[Keep-Alive],Accept-Encoding=[gzip]:Accept:

; Browsers, by their own word.

label = g:!:Edge:
sys   =
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); its maker's documentation; medium
sig   = *:User-Agent=[Edg/]::
sig   = *:User-Agent=[EdgA/]::
sig   = *:User-Agent=[EdgiOS/]::
sig   = *:User-Agent=[Edge/]::

label = g:!:Opera:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[OPR/]::
sig   = *:User-Agent=[Opera]::

label = g:!:Samsung Internet:
sys   = Android
; source: its maker's documentation; medium
sig   = *:User-Agent=[SamsungBrowser/]::

label = g:!:Yandex Browser:
sys   =
; source: its maker's documentation; low
sig   = *:User-Agent=[YaBrowser/]::

label = g:!:Vivaldi:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Vivaldi/]::

label = g:!:UC Browser:
sys   =
; source: its maker's documentation; low
sig   = *:User-Agent=[UCBrowser/]::

label = g:!:Chromium  headless:
sys   =
; source: Chromium 156 measured here 2026; medium
sig   = *:User-Agent=[HeadlessChrome/]::

label = g:!:Chrome for iOS:
sys   = iOS
; source: its maker's documentation; medium
sig   = *:User-Agent=[CriOS/]::

label = g:!:Firefox for iOS:
sys   = iOS
; source: its maker's documentation; medium
sig   = *:User-Agent=[FxiOS/]::

label = g:!:SeaMonkey:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[SeaMonkey/]::

label = g:!:Firefox:
sys   =
; source: Firefox 153 measured here 2026; browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[Firefox/]::

label = g:!:Android WebView:
sys   = Android
; source: requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[; wv)]::

label = g:!:Adobe AIR:
sys   =
; source: requests in public captures; low
sig   = *:User-Agent=[AdobeAIR/]::

label = g:!:Chrome:
sys   =
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[Chrome/]::

label = g:!:Safari:
sys   = macOS,iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[Safari/]::

label = g:!:Internet Explorer:
sys   = Windows
; source: requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[MSIE]::
sig   = *:User-Agent=[Trident/]::

label = g:!:Konqueror:
sys   =
; source: requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[Konqueror/]::

label = g:!:Lynx:
sys   =
; source: Lynx 2.9 measured here 2026; requests in public captures; medium
sig   = *:User-Agent=[Lynx/]::

label = g:!:ELinks:
sys   =
; source: requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[ELinks/]::

label = g:!:w3m:
sys   =
; source: w3m 0.5.3 measured here 2026; medium
sig   = *:User-Agent=[w3m/]::

label = g:!:another browser of Gecko:
sys   =
; source: requests in public captures; its maker's documentation; low
sig   = *:User-Agent=[ Gecko/]::

label = g:!:another browser of WebKit:
sys   =
; source: its maker's documentation; low
sig   = *:User-Agent=[AppleWebKit/]::

; Programs, libraries and services of systems, by their own word.

label = g:!:curl:
sys   =
; source: curl 7.88 measured here 2026; requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[curl/]::

label = g:!:Wget:
sys   =
; source: Wget 1.21 measured here 2026; requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[Wget/]::

label = g:!:git:
sys   =
; source: git 2.39 measured here 2026; medium
sig   = *:User-Agent=[git/]::

label = g:!:aria2:
sys   =
; source: aria2 1.36 measured here 2026; medium
sig   = *:User-Agent=[aria2/]::

label = g:!:Python Requests:
sys   =
; source: requests 2.34 measured here 2026; requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[python-requests/]::

label = g:!:Python urllib:
sys   =
; source: Python 3.11 measured here 2026; requests in public captures; medium
sig   = *:User-Agent=[Python-urllib/]::

label = g:!:Python urllib3:
sys   =
; source: urllib3 2.8 measured here 2026; medium
sig   = *:User-Agent=[python-urllib3/]::

label = g:!:Python HTTPX:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[python-httpx/]::

label = g:!:Python aiohttp:
sys   =
; source: aiohttp 3.14 measured here 2026; medium
sig   = *:User-Agent=[aiohttp/]::

label = g:!:Python websockets:
sys   =
; source: requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[websockets/]::

label = g:!:Go net/http:
sys   =
; source: Go measured here 2026; requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[Go-http-client/]::

label = g:!:Apache HttpClient:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Apache-HttpClient/]::

label = g:!:OkHttp:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[okhttp/]::

label = g:!:Java HttpClient:
sys   =
; source: Java 17 measured here 2026; medium
sig   = *:User-Agent=[Java-http-client/]::

label = g:!:Java HttpURLConnection:
sys   =
; source: Java 17 measured here 2026; medium
sig   = *:User-Agent=[Java/]::

label = g:!:axios:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[axios/]::

label = g:!:node-fetch:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[node-fetch]::

label = g:!:Guzzle:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[GuzzleHttp/]::

label = g:!:Perl LWP:
sys   =
; source: libwww-perl 6.68 measured here 2026; medium
sig   = *:User-Agent=[libwww-perl/]::

label = g:!:Perl HTTP-Tiny:
sys   =
; source: Perl 5.36 measured here 2026; medium
sig   = *:User-Agent=[HTTP-Tiny/]::

label = g:!:Postman:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[PostmanRuntime/]::

label = g:!:PowerShell:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[PowerShell/]::

label = g:!:apt:
sys   = Linux
; source: apt 2.6 of Debian 12 measured here 2026; medium
sig   = *:User-Agent=[Debian APT-HTTP/]::

label = g:!:Docker:
sys   =
; source: requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[Docker-Client/]::
sig   = *:User-Agent=[docker/]::

label = g:!:Android Dalvik:
sys   = Android
; source: requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[Dalvik/]::

label = g:!:Windows BITS:
sys   = Windows
; source: requests in public captures; its maker's documentation; high
sig   = *:User-Agent=[Microsoft BITS/]::

label = g:!:Windows Delivery Optimization:
sys   = Windows
; source: requests in public captures; high
sig   = *:User-Agent=[Microsoft-Delivery-Optimization/]::

label = g:!:Windows NCSI:
sys   = Windows
; source: requests in public captures; its maker's documentation; high
sig   = *:User-Agent=[Microsoft NCSI]::

label = g:!:Windows CryptoAPI:
sys   = Windows
; source: its maker's documentation; medium
sig   = *:User-Agent=[Microsoft-CryptoAPI/]::

label = g:!:Windows Update:
sys   = Windows
; source: its maker's documentation; medium
sig   = *:User-Agent=[Windows-Update-Agent]::

label = g:!:WinHTTP:
sys   = Windows
; source: requests in public captures; low
sig   = *:User-Agent=[WinHTTP]::

label = g:!:Apple trustd:
sys   = macOS,iOS
; source: requests in public captures; high
sig   = *:User-Agent=[com.apple.trustd]::

label = g:!:Apple captive portal check:
sys   = macOS,iOS
; source: requests in public captures; high
sig   = *:User-Agent=[CaptiveNetworkSupport]::

label = g:!:Apple CoreMedia:
sys   = macOS,iOS
; source: requests in public captures; high
sig   = *:User-Agent=[AppleCoreMedia/]::

label = g:!:Apple CFNetwork:
sys   = macOS,iOS
; source: requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[CFNetwork/]::

label = g:!:Netflix:
sys   =
; source: requests in public captures; medium
sig   = *:User-Agent=[netflix-ios-app]::
sig   = *:User-Agent=[Argo/]::

label = g:!:VLC:
sys   =
; source: requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[VLC/]::

label = g:!:Transmission:
sys   =
; source: requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[Transmission/]::

label = g:!:ClamAV:
sys   =
; source: requests in public captures; medium
sig   = *:User-Agent=[clamav/]::
sig   = *:User-Agent=[ClamAV/]::

label = g:!:AVG:
sys   =
; source: requests in public captures; low
sig   = *:User-Agent=[AVGINET]::

label = g:!:uclient-fetch:
sys   = Linux
; source: requests in public captures; its maker's documentation; medium
sig   = *:User-Agent=[uclient-fetch]::
