; Services that devices call: names in questions to DNS and mDNS, and server names in ClientHellos.
;
; sig = calls PATTERN. A type stands only where such devices alone call the name; where several types do, there is the
; manufacturer. Labels of platforms, and of names that apps call too, are generic (g). Names of single installations, of
; general services (pool.ntp.org, amazonaws.com) and of vendors' web pages have no place here.
;
; Sources, read on 2026-11-25; facts are restated:
;   Saidi et al., IMC 2020: A Haystack Full of Needles, github.com/IoTrim/iot_wild, detection_level/*.csv (all rights reserved)
;   Mandalari et al., PETS 2021: Blocking without Breaking, github.com/IoTrim/iotrimlist (all rights reserved)
;   Miettinen et al., ICDCS 2017: IoT Sentinel, captures of Aalto University
;   Sivanathan et al., TMC 2019: Classifying IoT Devices in Smart Environments, UNSW
;   SafeNetIoT/iot-vs-mobile: names that both devices and their apps call, common_endpoints_per_app.json (no licence)
;   Perflyst, SmartTV.txt of 6 March 2022: github.com/Perflyst/PiHoleBlocklist (MIT), headings by manufacturer
;   NTP Pool Project, vendor zones: ntppool.org/vendors.html
; Other OWNER/NAME are programs on GitHub that call the vendor's server, so that only the vendor is named.

classes = win,unix,other

[device]

; ---- cameras and doorbells -------------------------------------------------------------------------------

label = g:camera:Blink:::
; source: "Blink local storage vs. the internet", a public study of September 2026: cameras call it themselves; low
sig   = calls *.immedia-semi.com

label = g::Blink:::
; source: fronzbot/blinkpy (MIT): what programs call; high
sig   = calls rest-*.immedia-semi.com

label = s:hub:Blink:Sync Module::
; source: Saidi et al., IMC 2020; Mandalari et al., PETS 2021; medium
sig   = calls cs-*.immedia-semi.com
sig   = calls rest-hw-*.immedia-semi.com

label = s:camera:Amcrest:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.amcrestcloud.com
sig   = calls *.amcrestview.com
sig   = calls dh.amcrestsecurity.com

label = s:camera:Reolink:::
; source: Saidi et al., IMC 2020; high
sig   = calls p2p.reolink.com
sig   = calls pushx.reolink.com

label = s:camera:Yi:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.xiaoyi.com

label = g::Zmodo:::
; source: Saidi et al., IMC 2020; medium
sig   = calls *.myzmodo.com

label = s:camera:Microseven:::
; source: Saidi et al., IMC 2020; medium
sig   = calls pnp.microseven.com

label = s:camera:Wansview:::
; source: Mandalari et al., PETS 2021; medium
sig   = calls *.ajcloud.net

label = g:camera::::
; source: Saidi et al., IMC 2020; medium
sig   = calls *.nwsvr2.com
sig   = calls *.runtopcam.com
sig   = calls *.iruntop.com

label = g:camera::::
; source: Saidi et al., IMC 2020: doorbells; servers of Xiongmai's and Ubia's cameras; low
sig   = calls pub-cfg.secu100.net
sig   = calls api.gdxp.com
sig   = calls m*.ubia.cn

label = s:camera:Google Nest:::
; source: Sivanathan et al., TMC 2019; high
sig   = calls nexus.dropcam.com
sig   = calls oculus*.dropcam.com
sig   = calls files.dropcam.com

label = g::Google Nest:::
; source: SafeNetIoT/iot-vs-mobile; medium
sig   = calls nest-camera-media.googleapis.com
sig   = calls nest-camera-frontend.googleapis.com

label = g:camera:Samsung:SmartCam::
; source: Sivanathan et al., TMC 2019; high
sig   = calls *.samsungsmartcam.com

label = g:camera:Canary:::
; source: snjoetw/py-canary; medium
sig   = calls *.canaryis.com

label = g::Ring:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.ring.com

label = g:doorbell:Ring:::
; source: Saidi et al., IMC 2020; medium
sig   = calls rss-dpd-service.ring.com
sig   = calls es.ring.com

label = g::Hikvision:::
; source: Hikvision's platform access, default server; medium
sig   = calls dev.hik-connect.com

label = g::Dahua:::
; source: khoanguyen-3fc/dh-p2p, helpers.py; medium
sig   = calls *.easy4ipcloud.com

label = g::Arlo:::
; source: SafeNetIoT/iot-vs-mobile; twrecked/pyaarlo; medium
sig   = calls *.arlo.com
sig   = calls *.arloxcld.com

label = g::Wyze:::
; source: SafeNetIoT/iot-vs-mobile; medium
sig   = calls api.wyzecam.com

label = g:camera:Furbo:::
; source: SafeNetIoT/iot-vs-mobile; medium
sig   = calls *.furbo.co

label = g::Meari:::
; source: SafeNetIoT/iot-vs-mobile; medium
sig   = calls *.mearicloud.com
sig   = calls *.cloudedge360.com

; ---- plugs, lights and hubs ------------------------------------------------------------------------------

label = g:plug:TP-Link:::
; source: Saidi et al., IMC 2020: 6 of 7 devices that call it; Miettinen et al., ICDCS 2017: 2 of 2; low
sig   = calls devs.tplinkcloud.com
sig   = calls n-devs.tplinkcloud.com

label = g::TP-Link:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.tplinkcloud.com
sig   = calls *.tplinkra.com

label = g::Belkin:::
; source: Miettinen et al., ICDCS 2017; Mandalari et al., PETS 2021; high
sig   = calls *.xbcs.net
sig   = calls *.xwemo.com

label = s:plug:Belkin:WeMo Insight::
; source: Miettinen et al., ICDCS 2017; medium
sig   = calls insight.lswf.net

label = g:plug:Edimax:::
; source: Miettinen et al., ICDCS 2017: 2 of 2; cameras, which call it too, announce themselves; low
sig   = calls www.myedimax.com

label = g::Edimax:::
; source: Miettinen et al., ICDCS 2017; medium
sig   = calls *.myedimax.com

label = g::iHome:::
; source: Sivanathan et al., TMC 2019; low
sig   = calls mqtt.evrythng.com

label = g::Meross:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.meross.com

label = g::Shelly:::
; source: Shelly, Cloud Control API; medium
sig   = calls shelly-*-eu.shelly.cloud

label = g::VeSync:::
; source: webdjoe/pyvesync; low
sig   = calls *.vesync.com

label = g::Tuya:::
; source: Saidi et al., IMC 2020; low
sig   = calls *.tuyaus.com
sig   = calls *.tuyaeu.com

label = g::Xiaomi:::
; source: Saidi et al., IMC 2020; high
sig   = calls ot.io.mi.com
sig   = calls ott.io.mi.com
sig   = calls dlg.io.mi.com

label = s:light:LIFX:::
; source: Sivanathan et al., TMC 2019; high
sig   = calls *.broker.lifx.co
sig   = calls broker.lifx.co

label = s:light:Magic Home:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.magichue.net

label = g::GE:::
; source: baudneo/cync-lan; medium
sig   = calls cm.gelighting.com

label = g::Sengled:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.cloud.sengled.com

label = s:hub:Philips:Hue Bridge::
; source: Miettinen et al., ICDCS 2017; Saidi et al., IMC 2020; high
sig   = calls bridge.meethue.com
sig   = calls ws.meethue.com
sig   = calls diagnostics.meethue.com
sig   = calls time.meethue.com
sig   = calls dcp.dc1.philips.com
sig   = calls dcp.cpp.philips.com

label = g::Philips:::
; source: Miettinen et al., ICDCS 2017; Perflyst, SmartTV.txt; high
sig   = calls www.ecdinterface.philips.com

label = s:hub:Samsung:SmartThings::
; source: Saidi et al., IMC 2020; Mandalari et al., PETS 2021; high
sig   = calls *.connect.smartthings.com
sig   = calls fw-update*.smartthings.com

label = s:hub:Insteon:::
; source: Saidi et al., IMC 2020; high
sig   = calls hubstatus.insteon.com

label = s:hub:eQ-3:::
; source: Miettinen et al., ICDCS 2017; medium
sig   = calls ntp.homematic.com

label = s:hub::::
; source: Miettinen et al., ICDCS 2017; low
sig   = calls icomen.yunext.com

label = g::D-Link:::
; source: Miettinen et al., ICDCS 2017; Saidi et al., IMC 2020; high
sig   = calls *.mydlink.com
sig   = calls ntp1.dlink.com
sig   = calls *.dch.dlink.com

label = g::Chamberlain:::
; source: cbusillo/myq-local-hass-addons, community/050dctwf: what an opener asks for; medium
sig   = calls connect*.myqdevice.com

label = g:lock:Schlage:::
; source: dknowles2/pyschlage; low
sig   = calls api.allegion.yonomi.cloud

; ---- thermostats, sensors, scales and appliances ---------------------------------------------------------

label = s:thermostat:Honeywell:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.clouddevice.io
sig   = calls lcc-prodsf-*.azure-devices.net

label = g::Google Nest:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.devices.nest.com
sig   = calls frontdoor.nest.com
sig   = calls *.transport.home.nest.com

label = g:thermostat:Google Nest:::
; source: Saidi et al., IMC 2020; medium
sig   = calls weather.nest.com

label = g::Sensibo:::
; source: andrey-git/pysensibo; low
sig   = calls home.sensibo.com

label = g::tado:::
; source: wmalgadey/PyTado; low
sig   = calls *.tado.com

label = g:scale:Withings:::
; source: Miettinen et al., ICDCS 2017; medium
sig   = calls scalews.withings.net

label = g::Withings:::
; source: Miettinen et al., ICDCS 2017; high
sig   = calls *.withings.net

label = g:scale:Fitbit:Aria::
; source: Miettinen et al., ICDCS 2017; micolous/helvetic (BSD-3-Clause); low
sig   = calls www.fitbit.com

label = g::Netatmo:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.netatmo.net

label = s:sensor:Awair:::
; source: Sivanathan et al., TMC 2019; high
sig   = calls ota.awair.is
sig   = calls messaging.awair.is
sig   = calls timeserver.awair.is

label = s:appliance:GE Appliances:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.brillion.geappliances.com
sig   = calls *.wca.geappliances.com

label = s:appliance:Anova:::
; source: Saidi et al., IMC 2020; high
sig   = calls pc.anovaculinary.com

label = g:appliance::::
; source: Saidi et al., IMC 2020: 2 of 2 devices with Electric Imp's platform; low
sig   = calls *.boxen.electricimp.com

label = s:appliance:AppKettle:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.myappkettle.com

label = g:appliance:Haier:::
; source: Andre0512/pyhOn; low
sig   = calls *.he.services
sig   = calls *.hon-smarthome.com

label = g:vacuum:Ecovacs:::
; source: SafeNetIoT/iot-vs-mobile; medium
sig   = calls *.robotww.ecouser.net

label = g::Ecovacs:::
; source: bmartin5692/bumper, README; medium
sig   = calls *.ecouser.net

label = g:vacuum:iRobot:::
; source: koalazak/dorita980; medium
sig   = calls *.irobotapi.com

label = g:vacuum:Roborock:::
; source: home-assistant/core, tests of roborock (Apache-2.0): programs call it too; low
sig   = calls mqtt*.roborock.com

; ---- televisions, players and speakers -------------------------------------------------------------------

label = g::Roku::Roku OS:
; source: Saidi et al., IMC 2020; high
sig   = calls *.logs.roku.com
sig   = calls *.cti.roku.com
sig   = calls *.sw.roku.com
sig   = calls *.sr.roku.com
sig   = calls *.cs.roku.com
sig   = calls *.sb.roku.com
sig   = calls *.rokutime.com
sig   = calls display.ravm.tv

label = s:tv:Samsung:::
; source: Saidi et al., IMC 2020; Perflyst, SmartTV.txt; high
sig   = calls *.samsungcloudsolution.com
sig   = calls *.samsungacr.com
sig   = calls *.internetat.tv
sig   = calls *.samsungqbe.com
sig   = calls *.samsungrm.net
sig   = calls *.samsungcloud.tv
sig   = calls *.samsungadhub.com
sig   = calls *.samsungyosemite.com
sig   = calls *.pavv.co.kr
sig   = calls apu.samsungelectronics.com
sig   = calls bpu.samsungelectronics.com
sig   = calls cpu.samsungelectronics.com
sig   = calls dpu.samsungelectronics.com
sig   = calls kpu.samsungelectronics.com
sig   = calls upu.samsungelectronics.com
sig   = calls xpu.samsungelectronics.com
sig   = calls ypu.samsungelectronics.com
sig   = calls zpu.samsungelectronics.com

label = g::Samsung:::
; source: Saidi et al., IMC 2020; high
sig   = calls *.samsungotn.net
sig   = calls *.samsungcloudsolution.net
sig   = calls *.samsungiotcloud.com
sig   = calls *.cspserver.net

label = s:appliance:Samsung:::
; source: Saidi et al., IMC 2020; medium
sig   = calls us-fhapi.cspserver.net

label = s:tv:LG:::
; source: Perflyst, SmartTV.txt; high
sig   = calls *.lgtvsdp.com
sig   = calls *.lgappstv.com
sig   = calls *.lgsmartad.com
sig   = calls ngfts.lge.com
sig   = calls aic-ngfts.lge.com

label = s:tv:Sony:::
; source: Perflyst, SmartTV.txt; high
sig   = calls *.internet.sony.tv
sig   = calls bravia.dl.playstation.net
sig   = calls *.meta.ndmdhs.com
sig   = calls *.black.ndmdhs.com

label = s:tv:Panasonic:::
; source: Perflyst, SmartTV.txt; high
sig   = calls *.myhomescreen.tv

label = s:tv:Philips:::
; source: Perflyst, SmartTV.txt; high
sig   = calls *.nettvservices.com

label = s:tv:Hisense:::
; source: Perflyst, SmartTV.txt; medium
sig   = calls *.hismarttv.com

label = s:media-player:Amazon:Fire TV:Fire OS:
; source: Saidi et al., IMC 2020; high
sig   = calls ftvr-*.amazon.com
sig   = calls firetv-*.amazon.com
sig   = calls firereleasenotes-*.amazon.com
sig   = calls appstore-tv-prod-*.amazon.com
sig   = calls ftv-*.ntp-fireos.com

label = s:speaker:Amazon:Echo::
; source: Mandalari et al., PETS 2021; low
sig   = calls prod.amcs-tachyon.com

label = s:speaker:Amazon:Echo::
; source: Sivanathan et al., TMC 2019; medium
sig   = calls pindorama.amazon.com

label = g::Amazon::Fire OS:
; source: Saidi et al., IMC 2020; medium
sig   = calls fireoscaptiveportal.com
sig   = calls *.ntp-fireos.com

label = g::Amazon:::
; source: Saidi et al., IMC 2020; medium
sig   = calls kindle-time.amazon.com
sig   = calls dcape-na.amazon.com
sig   = calls ntp-g7g.amazon.com
sig   = calls dp-gw-na.amazon.com
sig   = calls det-ta-g7g.amazon.com
sig   = calls todo-ta-g7g.amazon.com
sig   = calls device-messaging-na.amazon.com
; source: Mandalari et al., PETS 2021; medium
sig   = calls dp-gw.amazon.com

label = g::Bose:::
; source: NTP Pool Project, vendor zones; medium
sig   = calls *.bose.pool.ntp.org

label = g::Google:::
; source: Mandalari et al., PETS 2021; medium
sig   = calls home-devices.googleapis.com

; ---- consoles --------------------------------------------------------------------------------------------

label = s:console:Nintendo:::
; source: public documentation of consoles' connection tests; high
sig   = calls conntest.nintendowifi.net
sig   = calls ctest.cdn.nintendo.net
sig   = calls *.srv.nintendo.net
sig   = calls *.nintendowifi.net

label = s:console:Sony:PlayStation 3::
; source: Sony's update servers; high
sig   = calls *.ps3.update.playstation.net

label = s:console:Sony:PlayStation 4::
; source: Sony's update servers; high
sig   = calls f*01.ps4.update.playstation.net

label = s:console:Sony:PlayStation 5::
; source: Sony's update servers; high
sig   = calls f*01.ps5.update.playstation.net

label = s:console:Sony:PlayStation Vita::
; source: Sony's update servers; high
sig   = calls *.psp2.update.playstation.net

label = g:console:Sony:PlayStation::
; source: NagatoDEV/PlayStation-Vita-Packet-Captures; medium
sig   = calls *.np.community.playstation.net

; ---- networks --------------------------------------------------------------------------------------------

label = g::Ubiquiti:::
; source: EdgeOS' load balancing; NTP Pool Project, vendor zones; medium
sig   = calls ping.ubnt.com
sig   = calls trace.svc.ui.com
sig   = calls *.ubnt.pool.ntp.org

label = s:firewall:::pfSense:
; source: NTP Pool Project, vendor zones; medium
sig   = calls *.pfsense.pool.ntp.org

label = s:firewall:::OPNsense:
; source: NTP Pool Project, vendor zones; medium
sig   = calls *.opnsense.pool.ntp.org

label = g::::OpenWrt:
; source: NTP Pool Project, vendor zones; medium
sig   = calls *.openwrt.pool.ntp.org

; ---- telephones ------------------------------------------------------------------------------------------

label = s:voip-phone:Snom:::
; source: guides to provisioning: what telephones ask by default; medium
sig   = calls secure-provisioning.snom.com

label = s:voip-phone:Yealink:::
; source: guides to provisioning: what telephones ask by default; medium
sig   = calls rps.yealink.com

label = s:voip-phone:Poly:::
; source: guides to provisioning: what telephones ask by default; medium
sig   = calls ztp.polycom.com

label = g::Grandstream:::
; source: Grandstream, default firmware server path; medium
sig   = calls fm.grandstream.com

; ---- systems ---------------------------------------------------------------------------------------------

label = s:computer:::Windows:
; source: Microsoft, Network Connection Status Indicator; medium
sig   = calls www.msftconnecttest.com
sig   = calls ipv6.msftconnecttest.com
sig   = calls dns.msftncsi.com
sig   = calls ipv6.msftncsi.com
sig   = calls www.msftncsi.com

label = g::Apple::macOS or iOS:
; source: Apple, hosts on enterprise networks; medium
sig   = calls mesu.apple.com
sig   = calls gdmf.apple.com
sig   = calls time-ios.apple.com

label = s:computer:Apple::macOS:
; source: Apple, hosts on enterprise networks; medium
sig   = calls time-macos.apple.com

label = g::::Android:
; source: Android Open Source Project, NTP server; medium
sig   = calls time.android.com
sig   = calls *.android.pool.ntp.org

label = s::::Ubuntu:
; source: Ubuntu, connectivity check and message of the day; medium
sig   = calls connectivity-check.ubuntu.com
sig   = calls motd.ubuntu.com
sig   = calls *.ubuntu.pool.ntp.org

label = s::::Debian:
; source: NTP Pool Project, vendor zones; NetworkManager; medium
sig   = calls *.debian.pool.ntp.org
sig   = calls network-test.debian.org

label = s::::Fedora:
; source: NTP Pool Project, vendor zones; medium
sig   = calls *.fedora.pool.ntp.org

label = s::::CentOS:
; source: NTP Pool Project, vendor zones; medium
sig   = calls *.centos.pool.ntp.org

label = s::::Arch Linux:
; source: NTP Pool Project, vendor zones; NetworkManager; medium
sig   = calls ping.archlinux.org
sig   = calls *.arch.pool.ntp.org

label = s::::FreeBSD:
; source: NTP Pool Project, vendor zones; medium
sig   = calls *.freebsd.pool.ntp.org

label = g::::Linux:
; source: GNOME, connectivity check; medium
sig   = calls nmcheck.gnome.org

label = s:computer:Raspberry Pi:::
; source: Raspberry Pi OS, package sources; medium
sig   = calls archive.raspberrypi.org
sig   = calls archive.raspberrypi.com
sig   = calls raspbian.raspberrypi.org

; ---- services of the link, by mDNS questions -------------------------------------------------------------

label = g::Apple::macOS or iOS:
; source: Apple's Continuity; public captures; medium
sig   = calls _rdlink._tcp.local
sig   = calls _companion-link._tcp.local

label = g::::Windows:
; source: Microsoft's documentation of Delivery Optimization and Connected Cache; public captures; medium
sig   = calls _microsoft_mcc._tcp.local
sig   = calls _dosvc._tcp.local
