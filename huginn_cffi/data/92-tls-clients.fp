; TLS clients, by JA4.
;
; A signature here is a JA4 or a stable JA4, which leaves out the extensions that come and go with
; resumption; a hello is compared by both. What tells an engine apart are its ciphers (second part)
; and its extensions and signature algorithms (third part). The first part adds the transport,
; whether there was a server name, and the first protocol offered: in lines with ? these may be any.
;
; The third part may be lists in place of a digest: extensions, those with ? may be missing, and signature
; algorithms. A line stands for the digest of each choice.
;
; A label claims engine and era. Browsers of one engine send the same hello on all systems, and a
; program can imitate another one's hello. Only the libraries of Apple and of Windows belong to a system.
; Where a label says just a family, its ciphers alone decide.

classes = win,unix,other

[tls:client]

; Chromium and the browsers made of it.

label = s:!:Chrome or Edge:91-118
sys   =
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); medium
sig   = t13d1516h2_8daaf6152771_e5627efa2ab1
sig   = t13d1514h2_8daaf6152771_59204b37da4c
sig   = t13?15????_8daaf6152771_59204b37da4c

label = s:!:Chrome or Edge:119-137
sys   =
; source: browser lists of curl-impersonate (MIT); headless Chromium 129 to 137 of npm measured 2026; high
sig   = t13d1517h2_8daaf6152771_b1ff8ab2d16f
sig   = t13d1517h2_8daaf6152771_b0da82dd1658
sig   = t13d1516h2_8daaf6152771_02713d6af862
sig   = t13d1515h2_8daaf6152771_d32726be76dc
sig   = t13?15????_8daaf6152771_d32726be76dc

label = s:!:Chrome or Edge:133-149
sys   =
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); high
sig   = t13d1516h2_8daaf6152771_d8a2da3f94cd
sig   = t13d1515h2_8daaf6152771_31ec0a762479
sig   = t13?15????_8daaf6152771_31ec0a762479

label = s:!:Chrome or Edge:150-153
sys   =
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); high
sig   = t13d1516h2_8daaf6152771_806a8c22fdea
sig   = t13d1515h2_8daaf6152771_54d72502093d
sig   = t13?15????_8daaf6152771_54d72502093d

label = s:!:Chrome or Edge:152 or newer
sys   =
; source: Chromium 156 of Debian 12 measured 2026, and 152 by its published JA4; high
sig   = t13d1517h2_8daaf6152771_cb7bf5808d99
sig   = t13d1516h2_8daaf6152771_22db41f7518f
sig   = t13?15????_8daaf6152771_22db41f7518f

; The same over QUIC. Chrome 84 to 98 wrote its version into the transport parameters.

label = s:!:Chrome:84-86
sys   =
; source: QUIC hellos in public captures whose transport parameters name the version; high
sig   = q13d0309h7_55b375c5d22e_f68d9329452a
sig   = q13d0308h7_55b375c5d22e_e7bc1e4f333e

label = s:!:Chrome:87-90
sys   =
; source: QUIC hellos in public captures whose transport parameters name the version; high
sig   = q13d0309h9_55b375c5d22e_ffa47a0ca9b4
sig   = q13d0310h9_55b375c5d22e_0778b27b5383
sig   = q13d0311h9_55b375c5d22e_1d5e7ff96054

label = s:!:Chrome:91 or newer
sys   =
; source: QUIC hellos in public captures whose transport parameters name the version; high
sig   = q13d0310h9_55b375c5d22e_b064f0e3421d
sig   = q13d0312h9_55b375c5d22e_f3854ce178b3

label = s:!:Chrome or Edge:92-118
sys   =
; source: QUIC hellos in public captures whose transport parameters name the version; headless Chromium 103 and 107 of npm measured 2026; high
sig   = q13d0311h3_55b375c5d22e_3512bcbbc9ec
sig   = q13d0312h3_55b375c5d22e_73e2d9e6cde6
sig   = q13d0310h3_55b375c5d22e_cd85d2d88918
sig   = q13?03????_55b375c5d22e_cd85d2d88918

label = s:!:Chrome or Edge:119-137
sys   =
; source: headless Chromium 129 to 137 of npm measured 2026; high
sig   = q13?03????_55b375c5d22e_5a1f323ef56d

label = s:!:Chrome or Edge:133-153
sys   =
; source: headless Chromium 138 to 153 of npm measured 2026; high
sig   = q13?03????_55b375c5d22e_653d80c3fe9d

label = s:!:Chrome or Edge:152 or newer
sys   =
; source: Chromium 156 of Debian 12 measured 2026; high
sig   = q13?03????_55b375c5d22e_178839b6cec1

; Firefox, and what is made of it.

label = s:!:Firefox:133-134
sys   =
; source: browser lists of curl-impersonate (MIT); medium
sig   = t13d1716h2_5b57614c22b0_eeeea6562960
sig   = t13d1715h2_5b57614c22b0_21da2a2c1f50
sig   = t13?17????_5b57614c22b0_21da2a2c1f50

label = s:!:Firefox:135 or newer
sys   =
; source: browser lists of curl-impersonate (MIT); medium
sig   = t13d1717h2_5b57614c22b0_3cbfd9057e0d
sig   = t13d1716h2_5b57614c22b0_42c24f99d423
sig   = t13?17????_5b57614c22b0_42c24f99d423

label = s:!:Firefox:151 or newer
sys   =
; source: browser profiles of rama (MIT or Apache-2.0); Firefox 153 of Debian 12 measured 2026; high
sig   = t13d1617h2_86a278354501_3cbfd9057e0d
sig   = t13d1616h2_86a278354501_42c24f99d423
sig   = t13?16????_86a278354501_42c24f99d423

label = s:!:Firefox:135 or newer
sys   =
; source: Firefox 153 of Debian 12 measured 2026; hosts with Firefox 145 in public captures; high
sig   = q13?03????_55b375c5d22e_dc5437974b47

label = s:!:Tor Browser:14
sys   =
; source: browser lists of curl-impersonate (MIT); medium
sig   = t13d1513h2_8daaf6152771_748f4c70de1c
sig   = t13?15????_8daaf6152771_748f4c70de1c

; Apple's own library: Safari, and other programs on macOS and iOS.

label = s:!:Safari:12.1-15.3
sys   = macOS or iOS
; source: browser lists of curl-impersonate (MIT); medium
sig   = t13d2613h2_2802a3db6c62_845d286b0d67
sig   = t13d2612h2_2802a3db6c62_38ba08824cc9
sig   = t13?26????_2802a3db6c62_38ba08824cc9

label = s:!:Safari:15.5-17
sys   = macOS or iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); high
sig   = t13d2014h2_a09f3c656075_14788d8d241b
sig   = t13d2014h1_a09f3c656075_14788d8d241b
sig   = t13d2013h2_a09f3c656075_874d27d7ca63
sig   = t13d2013h1_a09f3c656075_874d27d7ca63
sig   = t13?20????_a09f3c656075_874d27d7ca63

label = s:!:Safari:18
sys   = macOS or iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); high
sig   = t13d2014h2_a09f3c656075_e42f34c56612
sig   = t13?20????_a09f3c656075_e42f34c56612

label = s:!:Safari:18 or newer
sys   = macOS or iOS
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); high
sig   = t13d2013h2_a09f3c656075_7f0f34a4126d
sig   = t13d2015h2_a09f3c656075_c258b721e490
sig   = t13d2014h2_a09f3c656075_d0a99439f9b1
sig   = t13?20????_a09f3c656075_7f0f34a4126d

; Libraries, and programs that show which one of them it is.

label = s:!:curl:with OpenSSL 3
sys   =
; source: curl 7.88 and PHP 8.2's curl with OpenSSL 3.0 measured 2026; high
sig   = t13i3111h2_e8f1e7e78f70_b26ce05bbdd6
sig   = t13d3112h2_e8f1e7e78f70_b26ce05bbdd6
sig   = t13d3112h1_e8f1e7e78f70_b26ce05bbdd6
sig   = t13i3110h2_e8f1e7e78f70_375ca2c5e164
sig   = t13d3111h2_e8f1e7e78f70_375ca2c5e164
sig   = t13d3111h1_e8f1e7e78f70_375ca2c5e164
sig   = t13?31??h?_e8f1e7e78f70_375ca2c5e164

label = s:!:Ruby or Python:with OpenSSL 3
sys   =
; source: Ruby 3.1 and Python 3.7 to 3.9 with OpenSSL 3.0 measured 2026; high
sig   = t13d311200_e8f1e7e78f70_d339722ba4af
sig   = t13d311000_e8f1e7e78f70_375ca2c5e164
sig   = t13?31??00_e8f1e7e78f70_375ca2c5e164

label = s:!:curl:TLS 1.3 alone, with OpenSSL 3
sys   =
; source: curl 7.88 with OpenSSL 3.0 (--tlsv1.3) measured 2026; high
sig   = t13d0412h2_16476d049b0b_85302d7e289e
sig   = t13d0411h2_16476d049b0b_303c7117418d
sig   = t13?04????_16476d049b0b_303c7117418d

label = s:!:OpenSSL:1.1.1 or newer
sys   =
; source: OpenSSL 3.0 (s_client, axel, mosquitto_pub, w3m, curl --tls-max 1.2) measured 2026; high
sig   = t13d311000_e8f1e7e78f70_1f22a2ca17c4
sig   = t13d3111h2_e8f1e7e78f70_1f22a2ca17c4
sig   = t12d280700_d943125447b4_e7e480e5a997
sig   = t12d2807h2_d943125447b4_a44c6288192a
sig   = t13d311100_e8f1e7e78f70_d41ae481755e
sig   = t13d310900_e8f1e7e78f70_c9e58cc61e36
sig   = t13d3110h2_e8f1e7e78f70_c9e58cc61e36
sig   = t12d280600_d943125447b4_a44c6288192a
sig   = t12?28????_d943125447b4_a44c6288192a
sig   = t13?31????_e8f1e7e78f70_c9e58cc61e36

label = s:!:OpenSSL:1.1.1 or newer
sys   =
; source: Links 2.28 with OpenSSL 3.0 measured 2026, whose lists are those of OpenSSL 1.1.1; high
sig   = t10d100600_8e960b440e67_195413a0cc0f
sig   = t11d100600_8e960b440e67_195413a0cc0f
sig   = t12d290700_e8896cf58dc3_3c5a66c06c35
sig   = t13d311100_e8f1e7e78f70_24695f2957a7
sig   = t10d100500_8e960b440e67_d4d584b446d3
sig   = t11d100500_8e960b440e67_d4d584b446d3
sig   = t12d290600_e8896cf58dc3_ed727256b201
sig   = t13d310900_e8f1e7e78f70_b0d3b4ac2a14
sig   = t10?10????_8e960b440e67_d4d584b446d3
sig   = t11?10????_8e960b440e67_d4d584b446d3
sig   = t12?29????_e8896cf58dc3_ed727256b201
sig   = t13?31????_e8f1e7e78f70_b0d3b4ac2a14

label = s:!:Perl:LWP with OpenSSL 3
sys   =
; source: IO::Socket::SSL 2.081 with OpenSSL 3.0 measured 2026; high
sig   = t13d311200_e8f1e7e78f70_ccd0985badbe
sig   = t13d311000_e8f1e7e78f70_255295a7c643
sig   = t13?31????_e8f1e7e78f70_255295a7c643

label = s:!:OpenSSL:1.1.1 or newer, with all ciphers
sys   =
; source: PHP 8.2, Python 2.7 and 3.6, and socat 1.7 with OpenSSL 3.0 measured 2026; high
sig   = t13d751100_479067518aa3_d41ae481755e
sig   = t13d751000_479067518aa3_1f22a2ca17c4
sig   = t13d750900_479067518aa3_c9e58cc61e36
sig   = t13?75????_479067518aa3_c9e58cc61e36

label = s:!:Nmap ncat:7.93
sys   =
; source: ncat 7.93 with OpenSSL 3.0 measured 2026; high
sig   = t13d781100_ab95583b6d39_d41ae481755e
sig   = t13d780900_ab95583b6d39_c9e58cc61e36
sig   = t13?78????_ab95583b6d39_c9e58cc61e36

label = s:!:Python:3.10-3.13
sys   =
; source: Python 3.10 to 3.13 (urllib, requests) with OpenSSL 3.0 measured 2026; high
sig   = t13d181100_85036bcba153_d41ae481755e
sig   = t13d1812h1_85036bcba153_b26ce05bbdd6
sig   = t13d1813h1_85036bcba153_d339722ba4af
sig   = t13d180900_85036bcba153_c9e58cc61e36
sig   = t13d1811h1_85036bcba153_375ca2c5e164
sig   = t13?18????_85036bcba153_c9e58cc61e36
sig   = t13?18????_85036bcba153_375ca2c5e164

label = s:!:pip:
sys   =
; source: pip of Python 3.11 measured 2026; high
sig   = t13d4312h1_c7886603b240_b26ce05bbdd6
sig   = t13d4311h1_c7886603b240_375ca2c5e164
sig   = t13?43????_c7886603b240_375ca2c5e164

label = s:!:Node.js:22 or newer
sys   =
; source: Node.js 22 to 25 (https, fetch) measured 2026; high
sig   = t13?52????_b262b3658495_c3976d268853

label = s:!:Node.js:18-20
sys   =
; source: Node.js 18 and 20 (https, fetch) measured 2026; high
sig   = t13?59????_a33745022dd6_c9e58cc61e36

label = s:!:Node.js:12-16
sys   =
; source: Node.js 12 to 16 (https) measured 2026; high
sig   = t13?59????_a33745022dd6_b0d3b4ac2a14

label = s:!:GnuTLS:3.7
sys   =
; source: GnuTLS 3.7 (gnutls-cli, apt, Lynx, lftp) measured 2026; high
sig   = t13d291300_723694b0fccc_2cc26d266019
sig   = t13d291200_723694b0fccc_a03b17b91aa0
sig   = t13?29????_723694b0fccc_a03b17b91aa0

label = s:!:ELinks:with GnuTLS 3.7
sys   =
; source: ELinks 0.13 with GnuTLS 3.7 measured 2026; high
sig   = t13d291300_723694b0fccc_bb65a6204070
sig   = t13d291200_723694b0fccc_0ba56def5cf8
sig   = t13?29????_723694b0fccc_0ba56def5cf8

label = s:!:wget:with GnuTLS 3.7
sys   =
; source: wget 1.21 with GnuTLS 3.7 measured 2026; high
sig   = t13d291300_723694b0fccc_899037bd0b8c
sig   = t13d291100_723694b0fccc_c3d874a01b3d
sig   = t13?29????_723694b0fccc_c3d874a01b3d

label = s:!:aria2:with GnuTLS 3.7
sys   =
; source: aria2 1.36 with GnuTLS 3.7 measured 2026; high
sig   = t13d291300_723694b0fccc_af435d46f2e2
sig   = t13d291200_723694b0fccc_384af8d9f2c7
sig   = t13?29????_723694b0fccc_384af8d9f2c7

label = s:!:git:with GnuTLS 3.7
sys   =
; source: git 2.39 with libcurl's GnuTLS 3.7 measured 2026; high
sig   = t13d2912h2_723694b0fccc_288f874c93d6
sig   = t13?29????_723694b0fccc_288f874c93d6

label = s:!:OpenConnect:9
sys   =
; source: OpenConnect 9.01 with GnuTLS 3.7 measured 2026; high
sig   = t13d351200_bfa337485184_5671b5df5029
sig   = t13d351000_bfa337485184_dbe3c2cd264c
sig   = t13?35????_bfa337485184_dbe3c2cd264c

label = s:!:Go:1.25-1.26
sys   =
; source: Go 1.25 and 1.26 (net/http, crypto/tls) measured 2026; high
sig   = t13d1312h2_f57a46bbacb6_ab7e3b40a677
sig   = t13d131100_f57a46bbacb6_ab7e3b40a677
sig   = t13?13????_f57a46bbacb6_ab7e3b40a677

label = s:!:Go:1.23-1.24
sys   =
; source: Go 1.23 and 1.24 (net/http, crypto/tls) measured 2026; high
sig   = t13d1311h2_f57a46bbacb6_e7c285222651
sig   = t13d131000_f57a46bbacb6_e7c285222651
sig   = t13?13????_f57a46bbacb6_e7c285222651

label = s:!:Go:1.22
sys   =
; source: Go 1.22 (net/http, crypto/tls) measured 2026; high
sig   = t13d1411h2_cbb2034c60b8_e7c285222651
sig   = t13d141000_cbb2034c60b8_e7c285222651
sig   = t13?14????_cbb2034c60b8_e7c285222651

label = s:!:Go:1.21
sys   =
; source: Go 1.21 (net/http, crypto/tls) measured 2026; high
sig   = t13d1911h2_9dc949149365_e7c285222651
sig   = t13d191000_9dc949149365_e7c285222651
sig   = t13?19????_9dc949149365_e7c285222651

label = s:!:Java:17
sys   =
; source: OpenJDK 17 (HttpClient, HttpsURLConnection, SSLSocket) measured 2026; high
sig   = t13d3713h2_db35923f8641_7c76daad20ec
sig   = t13d371200_db35923f8641_7c76daad20ec
sig   = t13d3712h2_db35923f8641_f2a308c7e1ab
sig   = t13d371100_db35923f8641_f2a308c7e1ab
sig   = t13?37????_db35923f8641_f2a308c7e1ab

label = s:!:Java:25
sys   =
; source: OpenJDK 25 (HttpClient, SSLSocket) measured 2026; high
sig   = t13d3113h2_1d947a95fc68_7e1102d2036b
sig   = t13d311200_1d947a95fc68_7e1102d2036b
sig   = t13d3112h2_1d947a95fc68_838adc43669d
sig   = t13d311100_1d947a95fc68_838adc43669d
sig   = t13?31????_1d947a95fc68_838adc43669d

label = s:!:rustls:0.23
sys   =
; source: rustls 0.23 (ureq 3) measured 2026; high
sig   = t13d101000_61a7ad8aa9b6_3fcd1a44f3e3
sig   = t13d100900_61a7ad8aa9b6_6a7d638fc319
sig   = t13?10????_61a7ad8aa9b6_6a7d638fc319

label = s:!:NSS:3.87
sys   =
; source: NSS 3.87 (tstclnt) measured 2026; high
sig   = t13d351100_948423e5275c_496733ea6893
sig   = t13d351000_948423e5275c_f945b5a80b27
sig   = t13?35????_948423e5275c_f945b5a80b27

label = s:!:Erlang:25
sys   =
; source: Erlang 25 (httpc) measured 2026; high
sig   = t13d490600_fb133944d0cd_188bc74aacc5
sig   = t13?49????_fb133944d0cd_188bc74aacc5

label = s:!:wolfSSL:5.5
sys   =
; source: wolfSSL 5.5 with its defaults measured 2026; high
sig   = t13d600900_68b42a500d9a_bcf9c9146425
sig   = t13?60????_68b42a500d9a_bcf9c9146425

label = s:!:Mbed TLS:2.28
sys   =
; source: Mbed TLS 2.28 with its defaults measured 2026; high
sig   = t12d800700_ee0b5a6c69b8_cdbdbcd6f742
sig   = t12d800600_ee0b5a6c69b8_b8cb6a4c3c45
sig   = t12?80????_ee0b5a6c69b8_b8cb6a4c3c45

; What a library asks for: its extensions and signature algorithms, whatever the ciphers. An extension with ? comes
; and goes with options, servers or releases. Each line stands for a digest for each choice.

label = s:!:Firefox:
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); browser lists of curl-impersonate (MIT); the order of NSS; high
sig   = t?????????_*_0005,000a,000b,000d,0017,?0028,?002b,?002d,?0033,ff01,?ff03_0403,0503,0603,0804,0805,0806,0401,0501,0601,0203,0201
sig   = t?????????_*_0005,000a,000b,000d,0017,ff01_0403,0503,0603,0401,0501,0601,0203,0201
sig   = t?????????_*_?0005,000a,000b,000d,0017,001c,?0022,ff01_0403,0503,0603,0804,0805,0806,0401,0501,0601,0203,0201
sig   = t?????????_*_?0005,000a,000b,000d,?0012,0017,?001b,001c,?0022,002b,?002d,0033,?fe0d,ff01_0403,0503,0603,0804,0805,0806,0401,0501,0601,0203,0201
sig   = t?????????_*_0005,000a,000b,000d,0017,001c,002b,002d,0033,ff01,ffce_0403,0503,0603,0804,0805,0806,0401,0501,0601,0203,0201
; source: Firefox 153 of Debian 12 measured 2026; hosts with Firefox 116 and 128 in public captures; high
sig   = q?????????_*_0005,000a,000d,?0012,0017,?001b,001c,0022,002b,002d,0033,?0039,?fe0d,ff01,?ffa5_0403,0503,0603,0203,0804,0805,0806,0401,0501,0601,0201
; source: the order of NSS, with SRTP; a public capture; medium
sig   = d?????????_*_000a,000b,000d,000e,0017,?001c,?002b,?0033,ff01_0403,0503,0603,0203,0804,0805,0806,0401,0501,0601,0201,0402,0502,0602,0202

label = s:!:Chromium:
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); browser lists of curl-impersonate (MIT); high
sig   = t?????????_*_0005,000a,000b,000d,0012,0017,001b,002b,002d,0033,?4469,?44cd,?ca34,?fe0d,?ff01_0403,0804,0401,0503,0805,0501,0806,0601
sig   = t?????????_*_0005,000a,000b,000d,0012,0017,001b,002b,002d,0033,?4469,ff01_0403,0804,0401,0503,0805,0501,0806,0601,0201
sig   = t?????????_*_0005,000a,000b,000d,0012,0017,001b,002b,002d,0033,44cd,?ca34,?fe0d,ff01_0904,0905,0906,0403,0804,0401,0503,0805,0501,0806,0601
sig   = t?????????_*_0005,000a,000b,000d,0012,0017,001b,?7550,ff01_0403,0804,0401,0503,0805,0501,0806,0601,0201
sig   = t?????????_*_0005,000a,000b,000d,0012,0017,?0018,?0028,?002b,?002d,?0033,7550,ff01_0403,0804,0401,0503,0805,0501,0806,0601,0201
sig   = t?????????_*_0005,000a,000b,000d,0012,0017,3374,7550,?ff01_0601,0603,0501,0503,0401,0403,0301,0303,0201,0203
sig   = t?????????_*_0005,000a,000b,000d,0012,0017,3374,7550,?ff01_0601,0603,0501,0503,0401,0403,0201,0203
sig   = t?????????_*_0005,000a,000b,000d,0012,3374,7550,ff01_0401,0501,0201,0403,0503,0203,0402,0202
; source: Chromium measured 2026; high
sig   = q?????????_*_000a,000d,001b,002b,002d,0033,0039,?4469,?44cd,?ca34,?fe0d_0403,0804,0401,0503,0805,0501,0806,0601,0201
sig   = q?????????_*_000a,000d,001b,002b,002d,0033,?4469,ffa5_0403,0804,0401,0503,0805,0501,0806,0601,0201

label = s:!:libwebrtc:
sys   =
; source: the order of BoringSSL, with SRTP; hosts with browsers in public captures; medium
sig   = d?????????_*_000a,000b,000d,000e,0017,?002b,?002d,?0033,ff01_0403,0804,0401,0503,0805,0501,0806,0601,0201

label = s:unix:macOS or iOS:
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); browser lists of curl-impersonate (MIT); high
sig   = t?????????_*_0005,000a,000b,000d,0012,0017,?001b,?002b,?002d,?0033,?3374,?ff01_0403,0804,0401,0503,0203,0805,0805,0501,0806,0601,0201
sig   = t?????????_*_0005,000a,000b,000d,0012,0017,?001b,?002b,?002d,?0033,?3374,?ff01_0403,0804,0401,0503,0805,0805,0501,0806,0601,0201
sig   = q?????????_*_0005,000a,000d,0012,?0014,?001b,002b,002d,0033,?0039,?fe0d,?ffa5_0403,0804,0401,0503,0203,0805,0805,0501,0806,0601,0201
sig   = q?????????_*_0005,000a,000d,0012,?0014,?001b,002b,002d,0033,?0039,?fe0d,?ffa5_0403,0804,0401,0503,0805,0805,0501,0806,0601,0201
sig   = t?????????_*_?0005,000a,000b,000d,?0012,?0017,?3374,?ff01_0401,0201,0501,0601,0403,0203,0503,0603
sig   = t?????????_*_?0005,000a,000b,000d,?0012,?3374,?ff01_0501,0401,0201,0403,0203
sig   = t?????????_*_?0005,000a,000b,000d,?0012,?3374,?ff01_0501,0401,0201,0503,0403,0203

label = s:win:Windows:10 or newer
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); high
sig   = t?????????_*_?0005,000a,000b,000d,0017,?0018,?002b,?002d,?0031,?0033,ff01_0804,0805,0806,0401,0501,0201,0403,0503,0203,0202,0601,0603
sig   = *_*_?0005,000a,000d,0017,002b,002d,?0031,0033,?0039,ff01_0804,0805,0806,0401,0501,0201,0403,0503,0203,0202,0601,0603

label = s:win:Windows:10 or newer
; source: the ciphers that Microsoft documents for Windows 10 1607 to 21H2; medium
sig   = *_76e208dd3e22_*
; source: the ciphers that Microsoft documents for Windows 10 1607 to 21H2, without those of DHE; medium
sig   = *_d83cc789557e_*
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); high
sig   = *_4b22cbed5bed_*
sig   = *_2b729b4bf6f3_*

label = s:win:Windows:7 or newer
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); high
sig   = t?????????_*_?0005,000a,000b,000d,?0017,?0018,?ff01_0401,0501,0201,0403,0503,0203,0202,0601,0603
sig   = t?????????_*_?0005,000a,000b,000d,?0017,ff01_0601,0603,0401,0501,0201,0403,0503,0203,0202
sig   = t?????????_*_?0005,000a,000b,000d,?0017,?ff01_0401,0501,0601,0201,0403,0503,0603,0203,0202
sig   = t10???????_*_?0005,000a,000b,0017,ff01

label = s:!:Android:10 or newer
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause), whose processes are emulators of Android; hosts with Android in public captures; medium
sig   = t?????????_*_0005,000a,000b,000d,0017,002b,002d,0033,?7550,ff01_0403,0804,0401,0503,0805,0501,0806,0601,0201

label = s:!:Android:6 or newer
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause), whose processes are emulators of Android; hosts with Android in public captures; medium
sig   = t?????????_*_0005,000a,000b,000d,0017,?7550,ff01_0403,0804,0401,0503,0805,0501,0806,0601,0201
sig   = t?????????_*_0005,000a,000b,000d,0017,ff01_0403,0401,0503,0501,0603,0601,0201

label = s:!:Electron or BoringSSL:
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); the order of BoringSSL; medium
sig   = t?????????_*_000a,000b,000d,0017,?002b,?002d,?0033,ff01_0403,0804,0401,0503,0805,0501,0806,0601,0201

label = s:!:BoringSSL:
sys   =
; source: the order of BoringSSL; QUIC hellos in public captures; medium
sig   = q?????????_*_000a,000d,002b,002d,0033,?0039,?ffa5_0403,0804,0401,0503,0805,0501,0806,0601,0201

label = s:!:Go:
sys   =
; source: Go 1.21 to 1.26 measured 2026; ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); high
sig   = t?????????_*_0005,000a,000b,000d,?0012,?0017,002b,?0032,0033,?3374,ff01_0804,0403,0807,0805,0806,0401,0501,0601,0503,0603,0201,0203
sig   = t?????????_*_0005,000a,000b,000d,?0012,?0017,002b,?0032,0033,?fe0d,ff01_0804,0403,0807,0805,0806,0401,0501,0601,0503,0603
sig   = q?????????_*_0005,000a,000b,000d,?0012,?0017,002b,?002d,?0032,0033,0039,ff01_0804,0403,0807,0805,0806,0401,0501,0601,0503,0603,0201,0203
sig   = q?????????_*_0005,000a,000b,000d,?0012,?0017,002b,?002d,?0032,0033,0039,ff01_0804,0403,0807,0805,0806,0401,0501,0601,0503,0603
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = t?????????_*_?0005,000a,000b,000d,0012,?3374,?ff01_0401,0403,0501,0503,0601,0603,0201,0203
sig   = t?????????_*_?0005,000a,000b,000d,0012,?3374,?ff01_0401,0403,0501,0503,0201,0203

label = s:!:Facebook Fizz:
sys   =
; source: the order of Fizz; hosts that ask for Facebook and Instagram in public captures; medium
sig   = *_*_000a,000d,?001b,002b,002d,?0032,0033,?0039,?ffa5_0403
sig   = *_*_000a,000d,?001b,002b,002d,?0032,0033,?0039,?ffa5_0403,0804
sig   = *_*_000a,000d,?001b,002b,002d,?0032,0033,?0039,?ffa5_0403,0503,0603,0804

label = s:!:aioquic:
sys   =
; source: the order of aioquic; QUIC hellos in public captures; medium
sig   = q?????????_*_000a,000d,002b,002d,0033,?0039,?ffa5_0804,0403,0401,0201
; source: the order of aioquic; aioquic 1.0 to 1.7 measured 2026; medium
sig   = q?????????_*_000a,000d,002b,?002d,0033,0039_0804,0403,0401,0201,0807,0808
sig   = q?????????_*_000a,000d,002b,?002d,0033,0039_0403,0804,0401,0503,0805,0501,0201,0807,0808

label = s:!:wolfSSL:
sys   =
; source: the order of wolfSSL; wolfSSL 5.5 measured 2026; medium
sig   = *_*_000a,?000b,000d,?0016,?0017,002b,?002d,0033,?0036_0603,0503,0403,0203,0806,080b,0805,080a,0804,0809,0601,0501,0401,0301,0201
sig   = *_*_000a,?000b,000d,?0016,?0017,002b,?002d,0033,?0036_0603,0503,0403,0806,080b,0805,080a,0804,0809,0601,0501,0401,0301

; The ciphers alone: what an engine keeps from release to release.

label = g:!:Chromium or OkHttp:
sys   =
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); OkHttp asks for the same ciphers; medium
sig   = *_8daaf6152771_*
; source: captures named after Chrome 63 and 67 in public test suites; OkHttp asks for the same ciphers; low
sig   = *_46e7e9700bed_*
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause), and a capture named after Android; low
sig   = *_0707305c9f76_*

label = g:!:Firefox:
sys   =
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); high
sig   = *_86a278354501_*
; source: captures named after Firefox in public test suites; low
sig   = *_29a2cd9e9f10_*

label = g:!:Firefox or Android:
sys   =
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0), and a capture named after Android; medium
sig   = *_5b57614c22b0_*
; source: a capture named after Android in a public test suite, and hosts with Firefox 128 in others; low
sig   = *_c866b44c5a26_*

label = g:unix:macOS or iOS:
; source: browser lists of curl-impersonate (MIT) and browser profiles of rama (MIT or Apache-2.0); high
sig   = *_a09f3c656075_*
; source: browser lists of curl-impersonate (MIT), and a capture named after the iPhone; high
sig   = *_2802a3db6c62_*
; source: a capture named after Safari in a public test suite; low
sig   = *_2a284e3b0c56_*
; source: iOS 10 in a public capture (1 labelled host); low
sig   = *_b5dc49c6fcca_*

label = g:!:OpenSSL:1.1.1 or newer
sys   =
; source: OpenSSL 3.0 measured 2026; high
sig   = *_e8f1e7e78f70_*
; source: PHP 8.2, Python 2.7 and 3.6, and socat 1.7 with OpenSSL 3.0 measured 2026; high
sig   = *_479067518aa3_*

label = g:!:OpenSSL:1.1.0 or newer
sys   =
; source: OpenSSL 3.0 measured 2026; high
sig   = *_d943125447b4_*

label = g:!:GnuTLS:
sys   =
; source: GnuTLS 3.7 measured 2026; high
sig   = *_723694b0fccc_*

label = g:!:Python:
sys   =
; source: Python 3.10 to 3.13 with OpenSSL 3.0 measured 2026; high
sig   = *_85036bcba153_*

label = g:!:Node.js:
sys   =
; source: Node.js 12 to 25 measured 2026; high
sig   = *_a33745022dd6_*
sig   = *_b262b3658495_*

label = g:!:Go:
sys   =
; source: Go 1.21 to 1.26 measured 2026; high
sig   = *_f57a46bbacb6_*
sig   = *_cbb2034c60b8_*
sig   = *_9dc949149365_*

label = g:!:Java:
sys   =
; source: OpenJDK 17 and 25 measured 2026; high
sig   = *_db35923f8641_*
sig   = *_1d947a95fc68_*

label = g:!:rustls:
sys   =
; source: rustls 0.23 measured 2026; high
sig   = *_61a7ad8aa9b6_*

label = g:!:NSS:
sys   =
; source: NSS 3.87 measured 2026; high
sig   = *_948423e5275c_*

; Ciphers that the processes of one enterprise network showed, 2018 to 2021.

label = g:!:Chromium:
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_8b80da21ef18_*
sig   = *_f0daf39aad75_*
sig   = *_a30347de7a75_*
sig   = *_20a10634286c_*
sig   = *_e1dc9db8be50_*
sig   = *_70ebeae7bfd2_*
sig   = *_94fc43e2fc61_*
sig   = *_8dd61975155f_*

label = g:!:Firefox:
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_45de795eb070_*
sig   = *_d1b8a65e4a1b_*
sig   = *_073e58a039a6_*
sig   = *_59933fac6b7e_*
sig   = *_4218b4bfc026_*
sig   = *_6d415d290621_*
sig   = *_43e74fd21232_*
sig   = *_27a29bd8d6e6_*
sig   = *_369477ee10b0_*
sig   = *_acfbaa5775e6_*
sig   = *_cb2d98742cae_*
sig   = *_5663918e6614_*
sig   = *_2933aaacd33c_*
sig   = *_95e1cefdbe28_*
sig   = *_e510bbfc6a3f_*
sig   = *_b9cbb9b2199c_*
sig   = *_ecf432db0529_*
sig   = *_41892b1d1645_*
sig   = *_2490b10d2092_*
sig   = *_77f462745360_*
sig   = *_f00631efe53a_*
sig   = *_d3642cc0373c_*

label = g:!:Firefox or Electron:
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_e8a523a41297_*

label = g:unix:macOS or iOS:
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); high
sig   = *_0d4ca5d4ec72_*
sig   = *_bed0b028633d_*
sig   = *_85cfeb123a72_*
sig   = *_dccaabb4ce1e_*
sig   = *_81acdcf97981_*
sig   = *_f91c41aead95_*
sig   = *_579de695db09_*
sig   = *_cda1b1a5bd07_*
sig   = *_63d2f95ae004_*
sig   = *_acb3f088fc39_*
sig   = *_07a749158664_*
sig   = *_99157fd7b405_*
sig   = *_0633f72d41ca_*
sig   = *_24fc43eb1c96_*
sig   = *_61c4dbd01224_0005,000a,000b,0012,0017,3374,ff01

label = g:win:Windows:
; source: hosts with Windows and CryptoAPI in public captures; medium
sig   = *_d94e65cdb899_*

label = g:unix:Android:
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause), whose processes are emulators of Android; hosts with Android in public captures; low
sig   = *_98a373aa5100_*
sig   = *_d34a8e72043a_*
sig   = *_cc7d4649baf0_*
sig   = *_5fd681855ab9_*
sig   = *_8bd2a7eb4c0b_*
sig   = *_6e20beb92e8e_*

label = g:!:Java:
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_d524c25c267f_*
sig   = *_e7d1447b5245_*
sig   = *_a4993b992045_*
sig   = *_1ce71f0edbb1_*
sig   = *_bd868743f55c_*
sig   = *_7faecdd2bbb4_*
sig   = *_3bab475705cb_*
sig   = *_b3c2d19a1f57_*
sig   = *_bc01e4e2260a_*
sig   = *_a571d07754c8_*
sig   = *_fdea0d16bd12_*
sig   = *_2ce0e7db2675_*

label = g:!:Python:
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_0dd215169a35_*
sig   = *_c7886603b240_*
sig   = *_0fb83c3cffbd_*
sig   = *_66ae6b7a2f82_*
sig   = *_834380eab35e_*
sig   = *_f7f8686ff544_*
sig   = *_96e10069213a_*
sig   = *_0b09772097f5_*
sig   = *_e74bcfac2240_*
sig   = *_c8b75fc9b511_*
sig   = *_98936dda7aa6_*
sig   = *_10ed599f3404_*
sig   = *_926abbf9e651_*

label = g:!:Node.js:
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_a11b024bd9ba_*

label = g:!:Go:
sys   =
; source: ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_08f86532ea83_*
sig   = *_2bb155bd39c7_*

label = g:!:Steam:
sys   =
; source: hosts with Steam in public captures; low
sig   = *_85d9c3ed342d_*

; The same of libraries whose programs choose their own ciphers.

label = g:!:OpenSSL:1.0.1-1.0.2
sys   =
; source: the order of OpenSSL 1.0; ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_*_?0005,000a,000b,000d,?000e,?000f,?0012,?3374_0601,0602,0603,0501,0502,0503,0401,0402,0403,0301,0302,0303,0201,0202,0203
sig   = *_*_?0005,000a,000b,000d,?000e,?000f,?0012,?3374_0601,0602,0603,0501,0502,0503,0401,0402,0403,0301,0302,0303,0201,0202,0203,0101
sig   = *_*_000d,000f_0601,0602,0603,0501,0502,0503,0401,0402,0403,0301,0302,0303,0201,0202,0203
sig   = *_*_?0005,000a,000b,?000e,000f,?3374
sig   = *_*_000f

label = g:!:OpenSSL:1.1.0
sys   =
; source: the order of OpenSSL 1.1.0; ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_*_?0005,000a,000b,000d,?000f,?0012,0016,0017,?3374_0601,0602,0603,0501,0502,0503,0401,0402,0403,0301,0302,0303,0201,0202,0203

label = g:!:OpenSSL:1.1.1 or newer
sys   =
; source: the order of OpenSSL 1.1.1 and 3; OpenSSL 3.0 measured 2026; ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_*_?0005,000a,000b,000d,0016,0017,002b,002d,?0031,0033,?3374,?ff01_0403,0503,0603,0807,0808,0809,080a,080b,0804,0805,0806,0401,0501,0601,0303,0203,0301,0201,0302,0202,0402,0502,0602
sig   = *_*_?0005,000a,000b,000d,?000e,?0012,0016,?0017,?3374,?ff01_0403,0503,0603,0807,0808,0809,080a,080b,0804,0805,0806,0401,0501,0601,0303,0203,0301,0201,0302,0202,0402,0502,0602
sig   = *_*_?0005,000a,000b,000d,0016,0017,002b,002d,?0031,0033,?3374,?ff01_0403,0503,0603,0807,0808,0809,080a,080b,0804,0805,0806,0401,0501,0601,0303,0301,0302,0402,0502,0602
sig   = *_*_?0005,000a,000b,000d,?000e,?0012,0016,?0017,?3374,?ff01_0403,0503,0603,0807,0808,0809,080a,080b,0804,0805,0806,0401,0501,0601,0303,0301,0302,0402,0502,0602
sig   = *_*_?0005,000a,000b,000d,0016,0017,002b,002d,?0031,0033,?3374,?ff01_0403,0503,0603,0807,0808,0809,080a,080b,0804,0805,0806,0401,0501,0601
sig   = *_*_?0005,000a,000b,000d,?000e,?0012,0016,?0017,?3374,?ff01_0403,0503,0603,0807,0808,0809,080a,080b,0804,0805,0806,0401,0501,0601
sig   = *_*_?0005,000a,000b,000d,0016,0017,002b,002d,?0031,0033,?3374,?ff01_0403,0503,0603,0807,0808,0809,080a,080b,0804,0805,0806,0401,0501,0601,0303,0301
sig   = *_*_?0005,000a,000b,000d,?000e,?0012,0016,?0017,?3374,?ff01_0403,0503,0603,0807,0808,0809,080a,080b,0804,0805,0806,0401,0501,0601,0303,0301
sig   = *_*_?0005,000a,000b,000d,0016,0017,002b,002d,?0031,0033,?3374,?ff01_0403,0503,0603,0807,0808,0809,0804,080a,0805,080b,0806,0401,0501,0601,0303,0301,0203,0201
sig   = *_*_?0005,000a,000b,000d,0016,0017,002b,002d,?0031,0033,?3374,?ff01_0403,0503,0603,0807,0808,0809,0804,080a,0805,080b,0806,0401,0501,0601,0303,0301
sig   = *_*_000a,?000b,000d,0016,0017,002b,002d,0033,0039,?ffa5_0403,0503,0603,0807,0808,0809,080a,080b,0804,0805,0806,0401,0501,0601
sig   = *_*_000a,?000b,000d,0016,0017,002b,002d,0033,ffa5_0403,0503,0603,0807,0808,0809,080a,080b,0804,0805,0806,0401,0501,0601
sig   = *_*_000a,000b,0016,0017,?3374

label = g:!:OpenSSL:3.5 or newer
sys   =
; source: the order of OpenSSL 3.5, with ML-DSA; Node.js 22 to 25 with OpenSSL 3.5 measured 2026; high
sig   = *_*_?0005,000a,000b,000d,0016,0017,002b,002d,?0031,0033,?3374,?ff01_0905,0906,0904,0403,0503,0603,0807,0808,081a,081b,081c,0809,080a,080b,0804,0805,0806,0401,0501,0601,0303,0301,0302,0402,0502,0602
sig   = *_*_?0005,000a,000b,000d,0016,0017,002b,002d,?0031,0033,?3374,?ff01_0905,0906,0904,0403,0503,0603,0807,0808,081a,081b,081c,0809,080a,080b,0804,0805,0806,0401,0501,0601

label = g:!:OpenSSL:3.2 or newer
sys   =
; source: the order of OpenSSL 3.2, with Brainpool; low
sig   = *_*_?0005,000a,000b,000d,0016,0017,002b,002d,?0031,0033,?3374,?ff01_0403,0503,0603,0807,0808,081a,081b,081c,0809,080a,080b,0804,0805,0806,0401,0501,0601,0303,0301,0302,0402,0502,0602
sig   = *_*_?0005,000a,000b,000d,?000e,?0012,0016,?0017,?3374,?ff01_0403,0503,0603,0807,0808,081a,081b,081c,0809,080a,080b,0804,0805,0806,0401,0501,0601,0303,0301,0302,0402,0502,0602
sig   = *_*_?0005,000a,000b,000d,0016,0017,002b,002d,?0031,0033,?3374,?ff01_0403,0503,0603,0807,0808,081a,081b,081c,0809,080a,080b,0804,0805,0806,0401,0501,0601
sig   = *_*_?0005,000a,000b,000d,?000e,?0012,0016,?0017,?3374,?ff01_0403,0503,0603,0807,0808,081a,081b,081c,0809,080a,080b,0804,0805,0806,0401,0501,0601

label = g:!:LibreSSL:
sys   =
; source: the order of LibreSSL; ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_*_?0005,000a,000b,000d,?3374_0601,0602,0603,efef,0501,0502,0503,0401,0402,0403,eeee,eded,0301,0302,0303,0201,0202,0203
sig   = *_*_?0005,000a,000b,000d,?3374_0601,0603,efef,0501,0503,0401,0403,eeee,eded,0301,0303,0201,0203
sig   = *_*_?0005,000a,000b,000d,002b,0033_0806,0601,0603,0805,0501,0503,0804,0401,0403,0201,0203

label = g:!:GnuTLS:
sys   =
; source: the order of GnuTLS; GnuTLS 3.7 measured 2026; ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_*_?0005,000a,000b,000d,?0016,?0017,001c,002b,?002d,?0031,0033,ff01_0401,0809,0804,0403,0807,0501,080a,0805,0503,0808,0601,080b,0806,0603,0201,0203
sig   = *_*_?0005,000a,000b,000d,?0016,?0017,001c,002b,?002d,?0031,0033,ff01_0401,0809,0804,0403,0807,0501,080a,0805,0503,0808,0601,080b,0806,0603,0201
sig   = *_*_?0005,000a,000b,000d,?0016,?0017,001c,002b,?002d,?0031,0033,ff01_0401,0809,0804,0403,0807,0501,080a,0805,0503,0808,0601,080b,0806,0603
sig   = *_*_?0005,000a,000b,000d,?0016,?0017,001c,002b,?002d,?0031,0033,ff01_0401,0809,0804,0403,0807,0501,080a,0805,0503,0601,080b,0806,0603,0201,0203
sig   = *_*_?0005,000a,000b,000d,?0016,?0017,001c,002b,?002d,?0031,0033,ff01_0401,0809,0804,0403,0807,0501,080a,0805,0503,0601,080b,0806,0603,0201
sig   = *_*_?0005,000a,000b,000d,?0016,?0017,001c,002b,?002d,?0031,0033,ff01_0401,0809,0804,0403,0807,0501,080a,0805,0503,0601,080b,0806,0603
sig   = *_*_0005,000a,000b,000d,0016,0017,001c,ff01_0401,0809,0804,0403,0807,0501,080a,0805,0503,0601,080b,0806,0603,0201,0203
sig   = *_*_0005,000a,000b,000d,0016,0017,ff01_0401,0403,0501,0503,0601,0603,0301,0303,0201,0203

label = g:!:Java:
sys   =
; source: the order of JSSE; OpenJDK 17 and 25 measured 2026; ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_*_0005,000a,000b,000d,0011,0017,002b,?002d,?0032,?0033,?ff01_0403,0503,0603,0804,0805,0806,0809,080a,080b,0401,0501,0601,0402,0203,0201,0202
sig   = *_*_0005,000a,000b,000d,0011,0017,002b,?002d,?0032,?0033,?ff01_0403,0503,0603,0804,0805,0806,0809,080a,080b,0401,0501,0601,0402,0203,0201,0202,0101
sig   = *_*_0005,000a,000b,000d,0011,0017,002b,?002d,?0032,?0033,?ff01_0403,0503,0603,0804,0805,0806,0809,080a,080b,0401,0501,0601,0402,0303,0301,0302,0203,0201,0202
sig   = *_*_0005,000a,000b,000d,0011,0017,002b,?002d,?0032,?0033,?ff01_0403,0503,0603,0804,0805,0806,0809,080a,080b,0401,0501,0601,0402,0303,0301,0302,0203,0201,0202,0101
sig   = *_*_0005,000a,000b,000d,0011,0017,002b,?002d,?0032,?0033,?ff01_0807,0808,0403,0503,0603,0804,0805,0806,0809,080a,080b,0401,0501,0601,0402,0203,0201,0202
sig   = *_*_0005,000a,000b,000d,0011,0017,002b,?002d,?0032,?0033,?ff01_0807,0808,0403,0503,0603,0804,0805,0806,0809,080a,080b,0401,0501,0601,0402,0203,0201,0202,0101
sig   = *_*_0005,000a,000b,000d,0011,0017,002b,?002d,?0032,?0033,?ff01_0807,0808,0403,0503,0603,0804,0805,0806,0809,080a,080b,0401,0501,0601,0402,0303,0301,0302,0203,0201,0202
sig   = *_*_0005,000a,000b,000d,0011,0017,002b,?002d,?0032,?0033,?ff01_0807,0808,0403,0503,0603,0804,0805,0806,0809,080a,080b,0401,0501,0601,0402,0303,0301,0302,0203,0201,0202,0101
sig   = *_*_?0005,000a,000b,000d,?0017,?ff01_0603,0601,0503,0501,0403,0401,0402,0203,0201,0202
sig   = *_*_?0005,000a,000b,000d,?0017,?ff01_0603,0601,0503,0501,0403,0401,0402,0203,0201,0202,0101
sig   = *_*_?0005,000a,000b,000d,?0017,?ff01_0603,0601,0503,0501,0403,0401,0402,0303,0301,0302,0203,0201,0202
sig   = *_*_?0005,000a,000b,000d,?0017,?ff01_0603,0601,0503,0501,0403,0401,0402,0303,0301,0302,0203,0201,0202,0101
sig   = *_*_?0005,000a,000b,000d,?0017,?ff01_0603,0601,0503,0501,0403,0401,0303,0301,0203,0201,0202
sig   = *_*_?0005,000a,000b,000d,?0017,?ff01_0603,0601,0503,0501,0403,0401,0303,0301,0203,0201,0202,0101
sig   = *_*_?0005,000a,000b,000d,?0017,?ff01_0603,0601,0503,0501,0403,0401,0203,0201,0202
sig   = *_*_?0005,000a,000b,000d,?0017,?ff01_0603,0601,0503,0501,0403,0401,0203,0201,0202,0101

label = g:!:Mbed TLS:
sys   =
; source: the order of Mbed TLS; Mbed TLS 2.28 measured 2026; ClientHellos with processes and systems of an enterprise network measured 2018 to 2021 (cisco/mercury, BSD-3-Clause); medium
sig   = *_*_000a,000b,000d,?0016,0017_0603,0601,0503,0501,0403,0401,0303,0301
sig   = *_*_000a,000b,000d,?0016,0017_0603,0601,0503,0501,0403,0401,0303,0301,0203,0201
