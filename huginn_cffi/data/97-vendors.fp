; Makers of devices in plants and buildings, by the numbers that BACnet and CIP assign to vendors.
;
; The numbers are facts, which ASHRAE and ODVA assign, as two lists under the MIT licence name their makers: of BACnet
; ace-bacnet-devices 0.2.1, of CIP pycomm3 1.2.16 (read 2026-11-29). Legal forms are left out of names, a maker has the same
; name in all patterns, and letters outside ASCII are transliterated.

classes = win,unix,other

[device]

; ---- BACnet ----

label = g:controller:ASHRAE:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 0 instance <suffix>

label = g:controller:NIST:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1 instance <suffix>

label = g:controller:The Trane Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 2 instance <suffix>

label = g:controller:Daikin Applied Americas:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 3 instance <suffix>

label = g:controller:PolarSoft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 4 instance <suffix>

label = g:controller:Johnson Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 5 instance <suffix>

label = g:controller:ABB:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 6 instance <suffix>
sig   = industrial bacnet vendor 73 instance <suffix>
sig   = industrial bacnet vendor 127 instance <suffix>
sig   = industrial bacnet vendor 171 instance <suffix>
sig   = industrial bacnet vendor 788 instance <suffix>
sig   = industrial bacnet vendor 808 instance <suffix>

label = g:controller:Siemens:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 7 instance <suffix>
sig   = industrial bacnet vendor 9 instance <suffix>
sig   = industrial bacnet vendor 22 instance <suffix>
sig   = industrial bacnet vendor 313 instance <suffix>

label = g:controller:Delta Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 8 instance <suffix>

label = g:controller:Schneider Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 10 instance <suffix>
sig   = industrial bacnet vendor 335 instance <suffix>

label = g:controller:TAC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 11 instance <suffix>
sig   = industrial bacnet vendor 19 instance <suffix>

label = g:controller:Orion Analysis:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 12 instance <suffix>

label = g:controller:Teletrol Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 13 instance <suffix>

label = g:controller:Cimetrics Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 14 instance <suffix>

label = g:controller:Cornell University:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 15 instance <suffix>

label = g:controller:United Technologies Carrier:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 16 instance <suffix>

label = g:controller:Honeywell:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 17 instance <suffix>
sig   = industrial bacnet vendor 312 instance <suffix>

label = g:controller:Alerton / Honeywell:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 18 instance <suffix>

label = g:controller:Hewlett-Packard Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 20 instance <suffix>

label = g:controller:Dorsette's:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 21 instance <suffix>

label = g:controller:York Controls Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 23 instance <suffix>

label = g:controller:Automated Logic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 24 instance <suffix>

label = g:controller:CSI Control Systems International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 25 instance <suffix>

label = g:controller:Phoenix Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 26 instance <suffix>

label = g:controller:Innovex Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 27 instance <suffix>

label = g:controller:KMC Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 28 instance <suffix>

label = g:controller:Xn Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 29 instance <suffix>

label = g:controller:Hyundai Information Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 30 instance <suffix>

label = g:controller:Tokimec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 31 instance <suffix>

label = g:controller:Simplex:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 32 instance <suffix>

label = g:controller:North Building Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 33 instance <suffix>

label = g:controller:Notifier:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 34 instance <suffix>

label = g:controller:Reliable Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 35 instance <suffix>

label = g:controller:Tridium:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 36 instance <suffix>

label = g:controller:MSA Safety:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 37 instance <suffix>
sig   = industrial bacnet vendor 928 instance <suffix>

label = g:controller:Silicon Energy:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 38 instance <suffix>

label = g:controller:Kieback & Peter:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 39 instance <suffix>

label = g:controller:Anacon Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 40 instance <suffix>

label = g:controller:Systems Controls & Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 41 instance <suffix>

label = g:controller:Acuity Brands Lighting:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 42 instance <suffix>

label = g:controller:Micropower Manufacturing:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 43 instance <suffix>

label = g:controller:Matrix Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 44 instance <suffix>

label = g:controller:METALAIRE:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 45 instance <suffix>

label = g:controller:ESS Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 46 instance <suffix>

label = g:controller:Sphere Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 47 instance <suffix>

label = g:controller:Walker Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 48 instance <suffix>

label = g:controller:H I Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 49 instance <suffix>

label = g:controller:MBS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 50 instance <suffix>

label = g:controller:SAMSON:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 51 instance <suffix>

label = g:controller:Badger Meter:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 52 instance <suffix>
sig   = industrial bacnet vendor 306 instance <suffix>

label = g:controller:Daikin:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 53 instance <suffix>

label = g:controller:NARA Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 54 instance <suffix>

label = g:controller:Mammoth:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 55 instance <suffix>

label = g:controller:Liebert:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 56 instance <suffix>

label = g:controller:SEMCO:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 57 instance <suffix>

label = g:controller:Air Monitor:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 58 instance <suffix>
sig   = industrial bacnet vendor 478 instance <suffix>

label = g:controller:TRIATEK:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 59 instance <suffix>

label = g:controller:NexLight:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 60 instance <suffix>

label = g:controller:Multistack:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 61 instance <suffix>

label = g:controller:TSI:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 62 instance <suffix>

label = g:controller:Weather-Rite:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 63 instance <suffix>

label = g:controller:Dunham-Bush:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 64 instance <suffix>

label = g:controller:Reliance Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 65 instance <suffix>

label = g:controller:LCS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 66 instance <suffix>

label = g:controller:Regulator Australia:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 67 instance <suffix>

label = g:controller:Touch-Plate Lighting Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 68 instance <suffix>

label = g:controller:Amann:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 69 instance <suffix>

label = g:controller:Parameter:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 70 instance <suffix>

label = g:controller:Cardkey Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 71 instance <suffix>

label = g:controller:SECOM:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 72 instance <suffix>

label = g:controller:KNX Association cvba:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 74 instance <suffix>

label = g:controller:Nohmi Bosai:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 76 instance <suffix>

label = g:controller:Carel:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 77 instance <suffix>

label = g:controller:UTC Fire & Security Espana:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 78 instance <suffix>

label = g:controller:Hochiki:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 79 instance <suffix>

label = g:controller:Fr. Sauter:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 80 instance <suffix>

label = g:controller:Matsushita Electric Works:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 81 instance <suffix>

label = g:controller:Mitsubishi Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 82 instance <suffix>
sig   = industrial bacnet vendor 92 instance <suffix>
sig   = industrial bacnet vendor 173 instance <suffix>
sig   = industrial bacnet vendor 434 instance <suffix>
sig   = industrial bacnet vendor 781 instance <suffix>
sig   = industrial bacnet vendor 1426 instance <suffix>

label = g:controller:Mitsubishi Heavy Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 83 instance <suffix>

label = g:controller:Xylem:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 84 instance <suffix>

label = g:controller:Yamatake Building Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 85 instance <suffix>

label = g:controller:The Watt Stopper:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 86 instance <suffix>

label = g:controller:Aichi Tokei Denki:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 87 instance <suffix>

label = g:controller:Activation Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 88 instance <suffix>

label = g:controller:Saia-Burgess:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 89 instance <suffix>

label = g:controller:Hitachi:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 90 instance <suffix>
sig   = industrial bacnet vendor 450 instance <suffix>

label = g:controller:Novar Corp./Trend Control Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 91 instance <suffix>

label = g:controller:Argus Control Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 93 instance <suffix>

label = g:controller:Kyuki:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 94 instance <suffix>

label = g:controller:Richards-Zeta Building Intelligence:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 95 instance <suffix>

label = g:controller:Scientech R&D:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 96 instance <suffix>

label = g:controller:VCI Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 97 instance <suffix>

label = g:controller:Toshiba:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 98 instance <suffix>

label = g:controller:Custom Mechanical Equipment:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 100 instance <suffix>

label = g:controller:ClimateMaster:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 101 instance <suffix>

label = g:controller:ICP Panel-Tec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 102 instance <suffix>

label = g:controller:D-Tek Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 103 instance <suffix>

label = g:controller:NEC Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 104 instance <suffix>

label = g:controller:PRIVA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 105 instance <suffix>

label = g:controller:Meidensha:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 106 instance <suffix>

label = g:controller:JCI Systems Integration Services:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 107 instance <suffix>

label = g:controller:Freedom:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 108 instance <suffix>

label = g:controller:Neuberger Gebaeudeautomation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 109 instance <suffix>

label = g:controller:eZi Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 110 instance <suffix>

label = g:controller:Leviton Manufacturing:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 111 instance <suffix>

label = g:controller:Fujitsu:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 112 instance <suffix>

label = g:controller:Vertiv:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 113 instance <suffix>

label = g:controller:S. A. Armstrong:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 114 instance <suffix>

label = g:controller:Visonet:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 115 instance <suffix>

label = g:controller:M&M Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 116 instance <suffix>

label = g:controller:Custom Software Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 117 instance <suffix>

label = g:controller:Nittan Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 118 instance <suffix>

label = g:controller:Elutions Inc. (Wizcon Systems SAS):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 119 instance <suffix>

label = g:controller:Pacom Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 120 instance <suffix>

label = g:controller:Unico:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 121 instance <suffix>

label = g:controller:Ebtron:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 122 instance <suffix>

label = g:controller:Scada Engine:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 123 instance <suffix>

label = g:controller:Lenze Americas:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 124 instance <suffix>

label = g:controller:Eagle Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 125 instance <suffix>

label = g:controller:Data Aire:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 126 instance <suffix>

label = g:controller:Transbit Sp. z o. o.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 128 instance <suffix>

label = g:controller:Carrier Japan:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 129 instance <suffix>

label = g:controller:Shenzhen Junzhi Hi-Tech:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 130 instance <suffix>

label = g:controller:Tokai Soft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 131 instance <suffix>

label = g:controller:Blue Ridge Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 132 instance <suffix>

label = g:controller:Veris Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 133 instance <suffix>

label = g:controller:Centaurus Prime:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 134 instance <suffix>

label = g:controller:Sand Network Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 135 instance <suffix>

label = g:controller:Regulvar:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 136 instance <suffix>

label = g:controller:AFDtek Division of Fastek International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 137 instance <suffix>

label = g:controller:PowerCold Comfort Air Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 138 instance <suffix>

label = g:controller:I Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 139 instance <suffix>

label = g:controller:Viconics Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 140 instance <suffix>

label = g:controller:Yaskawa America:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 141 instance <suffix>

label = g:controller:DEOS control systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 142 instance <suffix>

label = g:controller:Digitale Mess- und Steuersysteme:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 143 instance <suffix>

label = g:controller:Fujitsu General:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 144 instance <suffix>

label = g:controller:Project Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 145 instance <suffix>

label = g:controller:Sanyo Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 146 instance <suffix>

label = g:controller:Integrated Information Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 147 instance <suffix>

label = g:controller:Temco Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 148 instance <suffix>

label = g:controller:Airtek International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 149 instance <suffix>

label = g:controller:Advantech:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 150 instance <suffix>

label = g:controller:Titan Products:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 151 instance <suffix>

label = g:controller:Regel Partners:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 152 instance <suffix>

label = g:controller:National Environmental Product:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 153 instance <suffix>

label = g:controller:Unitec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 154 instance <suffix>

label = g:controller:Kanden Engineering Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 155 instance <suffix>

label = g:controller:Messner Gebaeudetechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 156 instance <suffix>

label = g:controller:Integrated.CH:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 157 instance <suffix>

label = g:controller:Price Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 158 instance <suffix>

label = g:controller:SE-Elektronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 159 instance <suffix>

label = g:controller:Rockwell Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 160 instance <suffix>

label = g:controller:Enflex:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 161 instance <suffix>

label = g:controller:ASI Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 162 instance <suffix>

label = g:controller:SysMik GmbH Dresden:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 163 instance <suffix>

label = g:controller:HSC Regelungstechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 164 instance <suffix>

label = g:controller:Smart Temp Australia:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 165 instance <suffix>

label = g:controller:Cooper Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 166 instance <suffix>

label = g:controller:Duksan Mecasys:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 167 instance <suffix>

label = g:controller:Fuji IT:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 168 instance <suffix>

label = g:controller:Vacon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 169 instance <suffix>

label = g:controller:Leader Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 170 instance <suffix>

label = g:controller:Compas:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 172 instance <suffix>

label = g:controller:Building Control Integrators:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 174 instance <suffix>

label = g:controller:ITG Worldwide (M):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 175 instance <suffix>

label = g:controller:Lutron:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 176 instance <suffix>

label = g:controller:Cooper-Atkins:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 177 instance <suffix>

label = g:controller:LOYTEC Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 178 instance <suffix>

label = g:controller:ProLon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 179 instance <suffix>

label = g:controller:Mega Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 180 instance <suffix>

label = g:controller:Micro Control Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 181 instance <suffix>

label = g:controller:Kiyon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 182 instance <suffix>

label = g:controller:Dust Networks:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 183 instance <suffix>

label = g:controller:Advanced Building Automation Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 184 instance <suffix>

label = g:controller:Hermos:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 185 instance <suffix>

label = g:controller:CEZIM:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 186 instance <suffix>

label = g:controller:Softing:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 187 instance <suffix>

label = g:controller:Lynxspring:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 188 instance <suffix>

label = g:controller:Schneider Toshiba Inverter Europe:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 189 instance <suffix>

label = g:controller:Danfoss Drives:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 190 instance <suffix>

label = g:controller:Eaton:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 191 instance <suffix>

label = g:controller:Matyca:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 192 instance <suffix>

label = g:controller:Botech:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 193 instance <suffix>

label = g:controller:Noveo:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 194 instance <suffix>

label = g:controller:AMEV:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 195 instance <suffix>

label = g:controller:Yokogawa Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 196 instance <suffix>

label = g:controller:Bosch Building Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 197 instance <suffix>

label = g:controller:Exact Logic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 198 instance <suffix>

label = g:controller:Kandenko:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 200 instance <suffix>

label = g:controller:DTF, Daten-Technik Fries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 201 instance <suffix>

label = g:controller:Klimasoft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 202 instance <suffix>

label = g:controller:Toshiba Schneider Inverter:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 203 instance <suffix>

label = g:controller:Control Applications:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 204 instance <suffix>

label = g:controller:CIMON:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 205 instance <suffix>

label = g:controller:Onicon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 206 instance <suffix>

label = g:controller:Automation Displays:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 207 instance <suffix>

label = g:controller:Control Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 208 instance <suffix>

label = g:controller:Remsdaq:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 209 instance <suffix>

label = g:controller:NTT Facilities:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 210 instance <suffix>

label = g:controller:VIPA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 211 instance <suffix>

label = g:controller:TSC21 Association of Japan:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 212 instance <suffix>

label = g:controller:Strato Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 213 instance <suffix>

label = g:controller:HRW:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 214 instance <suffix>

label = g:controller:Lighting Control & Design:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 215 instance <suffix>

label = g:controller:Mercy Electronic and Electrical Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 216 instance <suffix>

label = g:controller:Samsung SDS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 217 instance <suffix>

label = g:controller:Impact Facility Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 218 instance <suffix>

label = g:controller:Aircuity:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 219 instance <suffix>

label = g:controller:Control Techniques:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 220 instance <suffix>

label = g:controller:OpenGeneral:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 221 instance <suffix>

label = g:controller:Wago:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 222 instance <suffix>

label = g:controller:Franklin Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 223 instance <suffix>

label = g:controller:Chloride Power Protection Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 224 instance <suffix>

label = g:controller:Computrols:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 225 instance <suffix>

label = g:controller:Phoenix Contact:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 226 instance <suffix>

label = g:controller:Grundfos Management:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 227 instance <suffix>

label = g:controller:Ridder Drive Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 228 instance <suffix>

label = g:controller:Soft Device:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 229 instance <suffix>

label = g:controller:Integrated Control Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 230 instance <suffix>

label = g:controller:AIRxpert Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 231 instance <suffix>

label = g:controller:Microtrol:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 232 instance <suffix>

label = g:controller:Red Lion:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 233 instance <suffix>

label = g:controller:Digital Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 234 instance <suffix>

label = g:controller:Ennovatis:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 235 instance <suffix>

label = g:controller:Serotonin Software Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 236 instance <suffix>

label = g:controller:LS Industrial Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 237 instance <suffix>

label = g:controller:Square D Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 238 instance <suffix>

label = g:controller:S Squared Innovations:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 239 instance <suffix>

label = g:controller:Aricent:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 240 instance <suffix>

label = g:controller:EtherMetrics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 241 instance <suffix>

label = g:controller:Industrial Control Communications:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 242 instance <suffix>

label = g:controller:Paragon Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 243 instance <suffix>

label = g:controller:A. O. Smith:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 244 instance <suffix>

label = g:controller:Contemporary Control Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 245 instance <suffix>

label = g:controller:HMS Industrial Networks SLU:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 246 instance <suffix>

label = g:controller:Ingenieurgesellschaft N. Hartleb mbH:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 247 instance <suffix>

label = g:controller:Heat-Timer:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 248 instance <suffix>

label = g:controller:Ingrasys Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 249 instance <suffix>

label = g:controller:Costerm Building Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 250 instance <suffix>

label = g:controller:WILO SE:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 251 instance <suffix>

label = g:controller:Embedia Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 252 instance <suffix>

label = g:controller:Technilog:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 253 instance <suffix>

label = g:controller:HR Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 254 instance <suffix>

label = g:controller:Lennox International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 255 instance <suffix>

label = g:controller:RK-Tec Rauchklappen-Steuerungssysteme:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 256 instance <suffix>

label = g:controller:Thermomax:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 257 instance <suffix>

label = g:controller:ELCON Electronic Control:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 258 instance <suffix>

label = g:controller:Larmia Control:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 259 instance <suffix>

label = g:controller:BACnet Stack at SourceForge:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 260 instance <suffix>

label = g:controller:G4S Security Services:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 261 instance <suffix>

label = g:controller:Exor International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 262 instance <suffix>

label = g:controller:Cristal Controles:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 263 instance <suffix>

label = g:controller:Regin:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 264 instance <suffix>

label = g:controller:Dimension Software:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 265 instance <suffix>

label = g:controller:SynapSense:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 266 instance <suffix>

label = g:controller:Beijing Nantree Electronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 267 instance <suffix>

label = g:controller:Camus Hydronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 268 instance <suffix>

label = g:controller:Kawasaki Heavy Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 269 instance <suffix>

label = g:controller:Critical Environment Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 270 instance <suffix>

label = g:controller:ILSHIN IBS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 271 instance <suffix>

label = g:controller:ELESTA Energy Control:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 272 instance <suffix>

label = g:controller:KROPMAN Installatietechniek:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 273 instance <suffix>

label = g:controller:Baldor Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 274 instance <suffix>

label = g:controller:INGA mbH:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 275 instance <suffix>

label = g:controller:GE Consumer & Industrial:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 276 instance <suffix>

label = g:controller:Functional Devices:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 277 instance <suffix>

label = g:controller:StudioSC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 278 instance <suffix>

label = g:controller:MG:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 279 instance <suffix>

label = g:controller:Yokota:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 280 instance <suffix>

label = g:controller:Hitranse Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 281 instance <suffix>

label = g:controller:Vigilent:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 282 instance <suffix>

label = g:controller:Kele:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 283 instance <suffix>

label = g:controller:BELIMO Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 284 instance <suffix>
sig   = industrial bacnet vendor 423 instance <suffix>

label = g:controller:Gentec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 285 instance <suffix>

label = g:controller:Embedded Science Labs:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 286 instance <suffix>

label = g:controller:Parker Hannifin:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 287 instance <suffix>

label = g:controller:MaCaPS International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 288 instance <suffix>

label = g:controller:Link4:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 289 instance <suffix>

label = g:controller:Romutec Steuer-u. Regelsysteme:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 290 instance <suffix>

label = g:controller:Pribusin:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 291 instance <suffix>

label = g:controller:Advantage Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 292 instance <suffix>

label = g:controller:Critical Room Control:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 293 instance <suffix>

label = g:controller:LEGRAND:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 294 instance <suffix>

label = g:controller:Tongdy Control Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 295 instance <suffix>

label = g:controller:ISSARO Integrierte Systemtechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 296 instance <suffix>

label = g:controller:Pro-Dev Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 297 instance <suffix>

label = g:controller:DRI-STEEM:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 298 instance <suffix>

label = g:controller:Creative Electronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 299 instance <suffix>

label = g:controller:Swegon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 300 instance <suffix>

label = g:controller:FIRVENA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 301 instance <suffix>

label = g:controller:Hitachi Appliances:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 302 instance <suffix>

label = g:controller:Real Time Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 303 instance <suffix>

label = g:controller:ITEC Hankyu-Hanshin:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 304 instance <suffix>

label = g:controller:Cyrus E&M Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 305 instance <suffix>

label = g:controller:Cirrascale:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 307 instance <suffix>

label = g:controller:Elesta GmbH Building Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 308 instance <suffix>

label = g:controller:Securiton:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 309 instance <suffix>
sig   = industrial bacnet vendor 325 instance <suffix>
sig   = industrial bacnet vendor 387 instance <suffix>

label = g:controller:OSlsoft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 310 instance <suffix>

label = g:controller:Hanazeder Electronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 311 instance <suffix>

label = g:controller:ETM Professional Control:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 314 instance <suffix>

label = g:controller:Meitav-tec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 315 instance <suffix>

label = g:controller:Janitza:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 316 instance <suffix>

label = g:controller:MKS Nordhausen:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 317 instance <suffix>

label = g:controller:De Gier Drive Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 318 instance <suffix>

label = g:controller:Cypress Envirosystems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 319 instance <suffix>

label = g:controller:SMARTron:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 320 instance <suffix>

label = g:controller:Verari Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 321 instance <suffix>

label = g:controller:K-W Electronic Service:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 322 instance <suffix>

label = g:controller:ALFA-SMART Energy Management:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 323 instance <suffix>

label = g:controller:Telkonet:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 324 instance <suffix>

label = g:controller:Cemtrex:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 326 instance <suffix>

label = g:controller:Performance Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 327 instance <suffix>

label = g:controller:Xtralis (Aust):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 328 instance <suffix>

label = g:controller:TROX:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 329 instance <suffix>

label = g:controller:Beijing Hysine Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 330 instance <suffix>

label = g:controller:RCK Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 331 instance <suffix>

label = g:controller:Distech Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 332 instance <suffix>
sig   = industrial bacnet vendor 364 instance <suffix>

label = g:controller:Novar/Honeywell:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 333 instance <suffix>

label = g:controller:S4 Integration Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 334 instance <suffix>

label = g:controller:LHA Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 336 instance <suffix>

label = g:controller:GHM engineering Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 337 instance <suffix>

label = g:controller:Cllimalux:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 338 instance <suffix>

label = g:controller:VAISALA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 339 instance <suffix>

label = g:controller:COMPLEX (Beijing) Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 340 instance <suffix>

label = g:controller:SCADAmetrics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 341 instance <suffix>

label = g:controller:POWERPEG NSI:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 342 instance <suffix>

label = g:controller:Teco:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 344 instance <suffix>

label = g:controller:Plexus Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 345 instance <suffix>

label = g:controller:Energy Focus:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 346 instance <suffix>

label = g:controller:Powersmiths International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 347 instance <suffix>

label = g:controller:Nichibei:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 348 instance <suffix>

label = g:controller:HKC Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 349 instance <suffix>

label = g:controller:Ovation Networks:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 350 instance <suffix>

label = g:controller:Setra Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 351 instance <suffix>

label = g:controller:AVG Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 352 instance <suffix>

label = g:controller:ZXC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 353 instance <suffix>

label = g:controller:Byte Sphere:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 354 instance <suffix>

label = g:controller:Generiton:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 355 instance <suffix>

label = g:controller:Holter Regelarmaturen:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 356 instance <suffix>

label = g:controller:Bedford Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 357 instance <suffix>

label = g:controller:Standair:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 358 instance <suffix>

label = g:controller:WEG Automation - R&D:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 359 instance <suffix>

label = g:controller:Prolon Control Systems ApS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 360 instance <suffix>

label = g:controller:Inneasoft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 361 instance <suffix>

label = g:controller:ConneXSoft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 362 instance <suffix>

label = g:controller:CEAG Notlichtsysteme:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 363 instance <suffix>

label = g:controller:Industrial Technology Research Institute:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 365 instance <suffix>

label = g:controller:ICONICS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 366 instance <suffix>

label = g:controller:IQ Controls s.c.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 367 instance <suffix>

label = g:controller:OJ Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 368 instance <suffix>

label = g:controller:Rolbit:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 369 instance <suffix>

label = g:controller:Synapsys Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 370 instance <suffix>

label = g:controller:ACME Engineering Prod.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 371 instance <suffix>

label = g:controller:Zener Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 372 instance <suffix>

label = g:controller:Selectronix:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 373 instance <suffix>

label = g:controller:Gorbet & Banerjee:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 374 instance <suffix>

label = g:controller:IME:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 375 instance <suffix>

label = g:controller:Stephen H. Dawson Computer Service:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 376 instance <suffix>

label = g:controller:Accutrol:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 377 instance <suffix>

label = g:controller:Schneider Elektronik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 378 instance <suffix>

label = g:controller:Alpha-Inno Tec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 379 instance <suffix>

label = g:controller:ADMMicro:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 380 instance <suffix>

label = g:controller:Greystone Energy Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 381 instance <suffix>

label = g:controller:CAP Technologie:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 382 instance <suffix>

label = g:controller:KeRo Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 383 instance <suffix>

label = g:controller:Domat Control System:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 384 instance <suffix>

label = g:controller:Efektronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 385 instance <suffix>

label = g:controller:Hekatron Vertriebs:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 386 instance <suffix>

label = g:controller:Carlo Gavazzi Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 388 instance <suffix>

label = g:controller:Chipkin Automation Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 389 instance <suffix>

label = g:controller:Savant Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 390 instance <suffix>

label = g:controller:Simmtronic Lighting Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 391 instance <suffix>

label = g:controller:Abelko Innovation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 392 instance <suffix>

label = g:controller:Seresco Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 393 instance <suffix>

label = g:controller:IT Watchdogs:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 394 instance <suffix>

label = g:controller:Automation Assist Japan:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 395 instance <suffix>

label = g:controller:Thermokon Sensortechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 396 instance <suffix>

label = g:controller:EGauge Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 397 instance <suffix>

label = g:controller:Quantum Automation (ASIA):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 398 instance <suffix>

label = g:controller:Toshiba Lighting & Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 399 instance <suffix>

label = g:controller:SPIN Engenharia de Automacao:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 400 instance <suffix>

label = g:controller:Logistics Systems & Software Services India PVT.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 401 instance <suffix>

label = g:controller:Delta Controls Integration Products:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 402 instance <suffix>

label = g:controller:Focus Media:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 403 instance <suffix>

label = g:controller:LUMEnergi:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 404 instance <suffix>

label = g:controller:Kara Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 405 instance <suffix>

label = g:controller:RF Code:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 406 instance <suffix>

label = g:controller:Fatek Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 407 instance <suffix>

label = g:controller:JANDA Software Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 408 instance <suffix>

label = g:controller:Open System Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 409 instance <suffix>

label = g:controller:Intelec Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 410 instance <suffix>

label = g:controller:Ecolodgix:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 411 instance <suffix>

label = g:controller:Douglas Lighting Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 412 instance <suffix>

label = g:controller:iSAtech:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 413 instance <suffix>

label = g:controller:AREAL:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 414 instance <suffix>

label = g:controller:Beckhoff:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 415 instance <suffix>

label = g:controller:IPAS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 416 instance <suffix>

label = g:controller:KE2 Therm Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 417 instance <suffix>

label = g:controller:Base2Products:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 418 instance <suffix>

label = g:controller:DTL Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 419 instance <suffix>

label = g:controller:INNCOM International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 420 instance <suffix>

label = g:controller:METZ CONNECT:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 421 instance <suffix>

label = g:controller:Greentrol Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 422 instance <suffix>

label = g:controller:Samsung Heavy Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 424 instance <suffix>

label = g:controller:Triacta Power Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 425 instance <suffix>

label = g:controller:Globestar Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 426 instance <suffix>

label = g:controller:MLB Advanced Media, LP:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 427 instance <suffix>

label = g:controller:SWG Stuckmann Wirtschaftliche Gebaeudesysteme:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 428 instance <suffix>

label = g:controller:SensorSwitch:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 429 instance <suffix>

label = g:controller:Multitek Power:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 430 instance <suffix>

label = g:controller:Integra Metering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 431 instance <suffix>

label = g:controller:LG:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 432 instance <suffix>

label = g:controller:Electronic Theatre Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 433 instance <suffix>

label = g:controller:Delta Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 435 instance <suffix>

label = g:controller:Elma Kurtalj:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 436 instance <suffix>

label = g:controller:Tyco Fire & Security:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 437 instance <suffix>
sig   = industrial bacnet vendor 922 instance <suffix>

label = g:controller:Nedap Security Management:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 438 instance <suffix>

label = g:controller:ESC Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 439 instance <suffix>

label = g:controller:DSP4YOU:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 440 instance <suffix>

label = g:controller:GE Sensing and Inspection Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 441 instance <suffix>

label = g:controller:Embedded Systems SIA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 442 instance <suffix>

label = g:controller:BEFEGA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 443 instance <suffix>

label = g:controller:Baseline:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 444 instance <suffix>

label = g:controller:Key2Act:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 445 instance <suffix>

label = g:controller:OEMCtrl:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 446 instance <suffix>

label = g:controller:Clarkson Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 447 instance <suffix>

label = g:controller:Rogerwell Control System:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 448 instance <suffix>

label = g:controller:SCL Elements:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 449 instance <suffix>

label = g:controller:Newron System:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 451 instance <suffix>

label = g:controller:BEVECO Gebouwautomatisering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 452 instance <suffix>

label = g:controller:Streamside Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 453 instance <suffix>

label = g:controller:Yellowstone Soft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 454 instance <suffix>

label = g:controller:Oztech Intelligent Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 455 instance <suffix>

label = g:controller:Novelan:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 456 instance <suffix>

label = g:controller:Flexim Americas:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 457 instance <suffix>

label = g:controller:ICP DAS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 458 instance <suffix>

label = g:controller:CARMA Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 459 instance <suffix>

label = g:controller:Log-One:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 460 instance <suffix>

label = g:controller:TECO Electric & Machinery:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 461 instance <suffix>

label = g:controller:ConnectEx:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 462 instance <suffix>

label = g:controller:Turbo DDC Suedwest:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 463 instance <suffix>

label = g:controller:Quatrosense Environmental:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 464 instance <suffix>

label = g:controller:Fifth Light Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 465 instance <suffix>

label = g:controller:Scientific Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 466 instance <suffix>

label = g:controller:Controller Area Network Solutions (M):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 467 instance <suffix>

label = g:controller:RESOL - Elektronische Regelungen:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 468 instance <suffix>

label = g:controller:RPBUS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 469 instance <suffix>

label = g:controller:BRS Sistemas Eletronicos:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 470 instance <suffix>

label = g:controller:WindowMaster:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 471 instance <suffix>

label = g:controller:Sunlux Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 472 instance <suffix>

label = g:controller:Measurlogic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 473 instance <suffix>

label = g:controller:Frimat:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 474 instance <suffix>

label = g:controller:Spirax Sarco:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 475 instance <suffix>

label = g:controller:Luxtron:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 476 instance <suffix>

label = g:controller:Raypak:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 477 instance <suffix>

label = g:controller:Regler Och Webbteknik Sverige (ROWS):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 479 instance <suffix>

label = g:controller:Intelligent Lighting Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 480 instance <suffix>

label = g:controller:Sanyo Electric Industry:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 481 instance <suffix>

label = g:controller:E-Mon Energy Monitoring Products:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 482 instance <suffix>

label = g:controller:Digital Control Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 483 instance <suffix>

label = g:controller:SCS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 485 instance <suffix>

label = g:controller:HMS Industrial Networks:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 486 instance <suffix>

label = g:controller:Shenzhen Universal Intellisys:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 487 instance <suffix>

label = g:controller:EK Intellisys:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 488 instance <suffix>

label = g:controller:SysCom:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 489 instance <suffix>

label = g:controller:Firecom:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 490 instance <suffix>

label = g:controller:ESA Elektroschaltanlagen Grimma:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 491 instance <suffix>

label = g:controller:Kumahira:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 492 instance <suffix>

label = g:controller:Hotraco:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 493 instance <suffix>

label = g:controller:SABO Elektronik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 494 instance <suffix>

label = g:controller:Equip'Trans:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 495 instance <suffix>

label = g:controller:Temperature Control Specialities Co., Inc (TCS):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 496 instance <suffix>

label = g:controller:FlowCon International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 497 instance <suffix>

label = g:controller:ThyssenKrupp Elevator Americas:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 498 instance <suffix>

label = g:controller:Abatement Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 499 instance <suffix>

label = g:controller:Continental Control Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 500 instance <suffix>

label = g:controller:WISAG Automatisierungstechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 501 instance <suffix>

label = g:controller:EasyIO:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 502 instance <suffix>

label = g:controller:EAP-Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 503 instance <suffix>

label = g:controller:Hardmeier:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 504 instance <suffix>

label = g:controller:Mircom Group of Companies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 505 instance <suffix>

label = g:controller:Quest Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 506 instance <suffix>

label = g:controller:Mestek:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 507 instance <suffix>

label = g:controller:Pulse Energy:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 508 instance <suffix>

label = g:controller:Tachikawa:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 509 instance <suffix>

label = g:controller:University of Nebraska-Lincoln:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 510 instance <suffix>

label = g:controller:Redwood Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 511 instance <suffix>

label = g:controller:PASStec Industrie-Elektronik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 512 instance <suffix>

label = g:controller:NgEK:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 513 instance <suffix>

label = g:controller:t-mac Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 514 instance <suffix>

label = g:controller:Jireh Energy Tech:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 515 instance <suffix>

label = g:controller:Enlighted:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 516 instance <suffix>

label = g:controller:El-Piast:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 517 instance <suffix>

label = g:controller:NetxAutomation Software:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 518 instance <suffix>

label = g:controller:Invertek Drives:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 519 instance <suffix>

label = g:controller:Deutschmann Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 520 instance <suffix>

label = g:controller:EMU Electronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 521 instance <suffix>

label = g:controller:Phaedrus:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 522 instance <suffix>

label = g:controller:Sigmatek:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 523 instance <suffix>

label = g:controller:Marlin Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 524 instance <suffix>

label = g:controller:Circutor:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 525 instance <suffix>

label = g:controller:UTC Fire & Security:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 526 instance <suffix>

label = g:controller:DENT Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 527 instance <suffix>

label = g:controller:FHP Manufacturing Company - Bosch Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 528 instance <suffix>

label = g:controller:GE Intelligent Platforms:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 529 instance <suffix>

label = g:controller:Inner Range:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 530 instance <suffix>

label = g:controller:GLAS Energy Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 531 instance <suffix>

label = g:controller:MSR-Electronic-GmbH:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 532 instance <suffix>

label = g:controller:Energy Control Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 533 instance <suffix>

label = g:controller:EMT Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 534 instance <suffix>

label = g:controller:Daintree:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 535 instance <suffix>

label = g:controller:EURO ICC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 536 instance <suffix>

label = g:controller:TE Connectivity Energy:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 537 instance <suffix>

label = g:controller:GEZE:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 538 instance <suffix>

label = g:controller:NEC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 539 instance <suffix>

label = g:controller:Ho Cheung International Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 540 instance <suffix>

label = g:controller:Sharp Manufacturing Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 541 instance <suffix>

label = g:controller:DOT CONTROLS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 542 instance <suffix>

label = g:controller:BeaconMedaes:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 543 instance <suffix>

label = g:controller:Midea Commercial Aircon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 544 instance <suffix>

label = g:controller:AAON:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 545 instance <suffix>

label = g:controller:Kamstrup:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 546 instance <suffix>

label = g:controller:CA Computer Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 547 instance <suffix>

label = g:controller:Laars Heating Systems Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 548 instance <suffix>

label = g:controller:Hitachi Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 549 instance <suffix>

label = g:controller:Fushan AKE Electronic Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 550 instance <suffix>

label = g:controller:Toshiba International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 551 instance <suffix>

label = g:controller:Starman Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 552 instance <suffix>

label = g:controller:Samsung Techwin:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 553 instance <suffix>

label = g:controller:ISAS-Integrated Switchgear and Systems P/L:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 554 instance <suffix>

label = g:controller:Obvius:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 556 instance <suffix>

label = g:controller:Marek Guzik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 557 instance <suffix>

label = g:controller:Vortek Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 558 instance <suffix>

label = g:controller:Universal Lighting Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 559 instance <suffix>

label = g:controller:Myers Power Products:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 560 instance <suffix>

label = g:controller:Vector Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 561 instance <suffix>

label = g:controller:Crestron:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 562 instance <suffix>

label = g:controller:A&E Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 563 instance <suffix>

label = g:controller:Projektomontaza A.D.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 564 instance <suffix>

label = g:controller:Freeaire Refrigeration:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 565 instance <suffix>

label = g:controller:Aqua Cooler:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 566 instance <suffix>

label = g:controller:Basic Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 567 instance <suffix>

label = g:controller:GE Measurement and Control Solutions Advanced Sensors:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 568 instance <suffix>

label = g:controller:EQUAL Networks:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 569 instance <suffix>

label = g:controller:Millennial Net:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 570 instance <suffix>

label = g:controller:APLI:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 571 instance <suffix>

label = g:controller:Electro Industries/GaugeTech:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 572 instance <suffix>

label = g:controller:SangMyung University:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 573 instance <suffix>

label = g:controller:Coppertree Analytics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 574 instance <suffix>

label = g:controller:CoreNetiX:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 575 instance <suffix>

label = g:controller:Acutherm:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 576 instance <suffix>

label = g:controller:Dr. Riedel Automatisierungstechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 577 instance <suffix>

label = g:controller:Shina System:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 578 instance <suffix>

label = g:controller:Iqapertus:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 579 instance <suffix>

label = g:controller:PSE Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 580 instance <suffix>

label = g:controller:BA Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 581 instance <suffix>

label = g:controller:BTICINO:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 582 instance <suffix>

label = g:controller:Monico:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 583 instance <suffix>
sig   = industrial bacnet vendor 1443 instance <suffix>

label = g:controller:iCue:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 584 instance <suffix>

label = g:controller:tekmar Control Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 585 instance <suffix>

label = g:controller:Control Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 586 instance <suffix>

label = g:controller:GFAE:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 587 instance <suffix>

label = g:controller:BeKa Software:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 588 instance <suffix>

label = g:controller:Isoil Industria:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 589 instance <suffix>

label = g:controller:Home Systems Consulting:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 590 instance <suffix>

label = g:controller:Socomec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 591 instance <suffix>

label = g:controller:Everex Communications:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 592 instance <suffix>

label = g:controller:CET Electric Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 593 instance <suffix>

label = g:controller:Atrila:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 594 instance <suffix>

label = g:controller:WingTechs:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 595 instance <suffix>

label = g:controller:Shenzhen Mek Intellisys:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 596 instance <suffix>

label = g:controller:Nestfield:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 597 instance <suffix>

label = g:controller:Swissphone Telecom:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 598 instance <suffix>

label = g:controller:PNTECH JSC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 599 instance <suffix>

label = g:controller:Horner APG:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 600 instance <suffix>

label = g:controller:PVI Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 601 instance <suffix>

label = g:controller:Ela-compil:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 602 instance <suffix>

label = g:controller:Pegasus Automation International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 603 instance <suffix>

label = g:controller:Wight Electronic Services:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 604 instance <suffix>

label = g:controller:Marcom:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 605 instance <suffix>

label = g:controller:Exhausto:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 606 instance <suffix>

label = g:controller:Dwyer Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 607 instance <suffix>

label = g:controller:Link:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 608 instance <suffix>

label = g:controller:Oppermann Regelgerate:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 609 instance <suffix>

label = g:controller:NuAire:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 610 instance <suffix>

label = g:controller:Nortec Humidity:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 611 instance <suffix>

label = g:controller:Bigwood Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 612 instance <suffix>

label = g:controller:Enbala Power Networks:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 613 instance <suffix>

label = g:controller:Inter Energy:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 614 instance <suffix>

label = g:controller:ETC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 615 instance <suffix>

label = g:controller:COMELEC S.A.R.L:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 616 instance <suffix>

label = g:controller:Pythia Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 617 instance <suffix>

label = g:controller:TrendPoint Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 618 instance <suffix>

label = g:controller:AWEX:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 619 instance <suffix>

label = g:controller:Eurevia:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 620 instance <suffix>

label = g:controller:Kongsberg E-lon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 621 instance <suffix>

label = g:controller:FlaktWoods:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 622 instance <suffix>

label = g:controller:E + E Elektronik GES M.B.H.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 623 instance <suffix>

label = g:controller:ARC Informatique:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 624 instance <suffix>

label = g:controller:SKIDATA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 625 instance <suffix>

label = g:controller:WSW Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 626 instance <suffix>

label = g:controller:Trefon Electronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 627 instance <suffix>

label = g:controller:Dongseo System:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 628 instance <suffix>

label = g:controller:Kanontec Intelligence Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 629 instance <suffix>

label = g:controller:EVCO:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 630 instance <suffix>

label = g:controller:Accuenergy (Canada):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 631 instance <suffix>

label = g:controller:SoftDEL:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 632 instance <suffix>

label = g:controller:Orion Energy Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 633 instance <suffix>

label = g:controller:Roboticsware:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 634 instance <suffix>

label = g:controller:DOMIQ:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 635 instance <suffix>

label = g:controller:Solidyne:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 636 instance <suffix>

label = g:controller:Elecsys:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 637 instance <suffix>

label = g:controller:Conditionaire International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 638 instance <suffix>

label = g:controller:Quebec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 639 instance <suffix>

label = g:controller:Homerun Holdings:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 640 instance <suffix>

label = g:controller:Murata Americas:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 641 instance <suffix>

label = g:controller:Comptek:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 642 instance <suffix>

label = g:controller:Westco Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 643 instance <suffix>

label = g:controller:Advancis Software & Services:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 644 instance <suffix>

label = g:controller:Intergrid:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 645 instance <suffix>

label = g:controller:Markerr Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 646 instance <suffix>

label = g:controller:Toshiba Elevator and Building Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 647 instance <suffix>

label = g:controller:Spectrum Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 648 instance <suffix>

label = g:controller:Mkservice:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 649 instance <suffix>

label = g:controller:Fox Thermal Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 650 instance <suffix>

label = g:controller:SyxthSense:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 651 instance <suffix>

label = g:controller:DUHA System S R.O.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 652 instance <suffix>

label = g:controller:NIBE:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 653 instance <suffix>

label = g:controller:Melink:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 654 instance <suffix>

label = g:controller:Fritz-Haber-Institut:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 655 instance <suffix>

label = g:controller:MTU Onsite Energy GmbH, Gas Power Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 656 instance <suffix>

label = g:controller:Omega Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 657 instance <suffix>

label = g:controller:Avelon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 658 instance <suffix>

label = g:controller:Ywire Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 659 instance <suffix>

label = g:controller:M.R. Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 660 instance <suffix>

label = g:controller:Lochinvar:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 661 instance <suffix>

label = g:controller:Sontay:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 662 instance <suffix>

label = g:controller:GRUPA Slawomir Chelminski:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 663 instance <suffix>

label = g:controller:Arch Meter:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 664 instance <suffix>

label = g:controller:Senva:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 665 instance <suffix>

label = g:controller:FM-Tec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 667 instance <suffix>

label = g:controller:Systems Specialists:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 668 instance <suffix>

label = g:controller:SenseAir:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 669 instance <suffix>

label = g:controller:AB IndustrieTechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 670 instance <suffix>

label = g:controller:Cortland Research:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 671 instance <suffix>

label = g:controller:MediaView:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 672 instance <suffix>

label = g:controller:VDA Elettronica:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 673 instance <suffix>

label = g:controller:CSS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 674 instance <suffix>

label = g:controller:Tek-Air Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 675 instance <suffix>

label = g:controller:ICDT:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 676 instance <suffix>

label = g:controller:The Armstrong Monitoring:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 677 instance <suffix>

label = g:controller:DIXELL:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 678 instance <suffix>

label = g:controller:Lead System:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 679 instance <suffix>

label = g:controller:ISM EuroCenter:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 680 instance <suffix>

label = g:controller:TDIS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 681 instance <suffix>

label = g:controller:Trade FIDES:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 682 instance <suffix>

label = g:controller:Knuerr (Emerson Network Power):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 683 instance <suffix>

label = g:controller:Resource Data Management:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 684 instance <suffix>

label = g:controller:Abies Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 685 instance <suffix>

label = g:controller:UAB Komfovent:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 686 instance <suffix>

label = g:controller:MIRAE Electrical Mfg.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 687 instance <suffix>

label = g:controller:HunterDouglas Architectural Projects Scandinavia ApS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 688 instance <suffix>

label = g:controller:RUNPAQ Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 689 instance <suffix>

label = g:controller:Unicard:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 690 instance <suffix>

label = g:controller:IE Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 691 instance <suffix>

label = g:controller:Ruskin Manufacturing:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 692 instance <suffix>

label = g:controller:Calon Associates:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 693 instance <suffix>

label = g:controller:Contec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 694 instance <suffix>

label = g:controller:iT:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 695 instance <suffix>

label = g:controller:Autani:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 696 instance <suffix>

label = g:controller:Christian Fortin:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 697 instance <suffix>

label = g:controller:HDL:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 698 instance <suffix>

label = g:controller:IPID Sp. Z.O.O:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 699 instance <suffix>

label = g:controller:Fuji Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 700 instance <suffix>

label = g:controller:View:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 701 instance <suffix>

label = g:controller:Samsung S1:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 702 instance <suffix>

label = g:controller:New Lift:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 703 instance <suffix>

label = g:controller:VRT Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 704 instance <suffix>

label = g:controller:Motion Control Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 705 instance <suffix>

label = g:controller:Weiss Klimatechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 706 instance <suffix>

label = g:controller:Elkon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 707 instance <suffix>

label = g:controller:Eliwell Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 708 instance <suffix>

label = g:controller:Japan Computer Technos:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 709 instance <suffix>

label = g:controller:Rational Network ehf:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 710 instance <suffix>

label = g:controller:Magnum Energy Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 711 instance <suffix>

label = g:controller:MelRok:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 712 instance <suffix>

label = g:controller:VAE Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 713 instance <suffix>

label = g:controller:LGCNS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 714 instance <suffix>

label = g:controller:Berghof Automationstechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 715 instance <suffix>

label = g:controller:Quark Communications:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 716 instance <suffix>

label = g:controller:Sontex:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 717 instance <suffix>

label = g:controller:mivune:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 718 instance <suffix>

label = g:controller:Panduit:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 719 instance <suffix>

label = g:controller:Smart Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 720 instance <suffix>

label = g:controller:Compu-Aire:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 721 instance <suffix>

label = g:controller:Sierra:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 722 instance <suffix>

label = g:controller:ProtoSense Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 723 instance <suffix>

label = g:controller:Eltrac Technologies Pvt:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 724 instance <suffix>

label = g:controller:Bektas Invisible Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 725 instance <suffix>

label = g:controller:Entelec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 726 instance <suffix>

label = g:controller:INNEXIV:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 727 instance <suffix>

label = g:controller:Covenant:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 728 instance <suffix>

label = g:controller:Davitor:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 729 instance <suffix>

label = g:controller:TongFang Technovator:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 730 instance <suffix>

label = g:controller:Building Robotics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 731 instance <suffix>

label = g:controller:HSS-MSR UG:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 732 instance <suffix>

label = g:controller:FramTack:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 733 instance <suffix>

label = g:controller:B. L. Acoustics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 734 instance <suffix>

label = g:controller:Traxxon Rock Drills:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 735 instance <suffix>

label = g:controller:Franke:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 736 instance <suffix>

label = g:controller:Wurm:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 737 instance <suffix>

label = g:controller:AddENERGIE:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 738 instance <suffix>

label = g:controller:Mirle Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 739 instance <suffix>

label = g:controller:Ibis Networks:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 740 instance <suffix>

label = g:controller:ID-KARTA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 741 instance <suffix>

label = g:controller:Anaren:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 742 instance <suffix>

label = g:controller:Span:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 743 instance <suffix>

label = g:controller:Bosch Thermotechnology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 744 instance <suffix>

label = g:controller:DRC Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 745 instance <suffix>

label = g:controller:Shanghai Energy Building Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 746 instance <suffix>

label = g:controller:Fraport:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 747 instance <suffix>

label = g:controller:Flowgroup:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 748 instance <suffix>

label = g:controller:Skytron Energy:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 749 instance <suffix>

label = g:controller:ALTEL Wicha, Golda Sp. J.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 750 instance <suffix>

label = g:controller:Drupal:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 751 instance <suffix>

label = g:controller:Axiomatic Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 752 instance <suffix>

label = g:controller:Bohnke + Partner:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 753 instance <suffix>

label = g:controller:Function1:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 754 instance <suffix>

label = g:controller:Optergy:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 755 instance <suffix>

label = g:controller:LSI Virticus:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 756 instance <suffix>

label = g:controller:Konzeptpark:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 757 instance <suffix>

label = g:controller:NX Lighting Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 758 instance <suffix>

label = g:controller:eCurv:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 759 instance <suffix>

label = g:controller:Agnosys:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 760 instance <suffix>

label = g:controller:Shanghai Sunfull Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 761 instance <suffix>

label = g:controller:Kurz Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 762 instance <suffix>

label = g:controller:Cias Elettronica:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 763 instance <suffix>

label = g:controller:Multiaqua:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 764 instance <suffix>

label = g:controller:BlueBox:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 765 instance <suffix>

label = g:controller:Sensidyne:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 766 instance <suffix>

label = g:controller:Viessmann Elektronik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 767 instance <suffix>

label = g:controller:ADFweb.com:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 768 instance <suffix>

label = g:controller:Gaylord Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 769 instance <suffix>

label = g:controller:Majur:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 770 instance <suffix>

label = g:controller:Shanghai Huilin Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 771 instance <suffix>

label = g:controller:Exotronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 772 instance <suffix>

label = g:controller:SAFECONTROL:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 773 instance <suffix>

label = g:controller:Amatis:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 774 instance <suffix>

label = g:controller:Universal Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 775 instance <suffix>

label = g:controller:iBACnet:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 776 instance <suffix>

label = g:controller:Smartrise Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 778 instance <suffix>

label = g:controller:Miratron:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 779 instance <suffix>

label = g:controller:SmartEdge:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 780 instance <suffix>

label = g:controller:Triangle Research International Ptd:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 782 instance <suffix>

label = g:controller:Produal:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 783 instance <suffix>

label = g:controller:Milestone Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 784 instance <suffix>

label = g:controller:Trustbridge:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 785 instance <suffix>

label = g:controller:Feedback Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 786 instance <suffix>

label = g:controller:IES:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 787 instance <suffix>

label = g:controller:Riptide IO:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 789 instance <suffix>

label = g:controller:Messerschmitt Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 790 instance <suffix>

label = g:controller:Dezem Energy Controlling:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 791 instance <suffix>

label = g:controller:MechoSystems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 792 instance <suffix>

label = g:controller:evon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 793 instance <suffix>

label = g:controller:CS Lab:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 794 instance <suffix>

label = g:controller:8760 Enterprises:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 795 instance <suffix>

label = g:controller:Touche Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 796 instance <suffix>

label = g:controller:Ontrol Teknik Malzeme San. ve Tic.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 797 instance <suffix>

label = g:controller:Uni Control System:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 798 instance <suffix>

label = g:controller:Weihai Ploumeter:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 799 instance <suffix>

label = g:controller:Elcom International Pvt.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 800 instance <suffix>

label = g:controller:Signify:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 801 instance <suffix>

label = g:controller:AutomationDirect:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 802 instance <suffix>

label = g:controller:Paragon Robotics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 803 instance <suffix>

label = g:controller:SMT System & Modules Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 804 instance <suffix>

label = g:controller:Radix IoT:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 805 instance <suffix>

label = g:controller:CMR Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 806 instance <suffix>

label = g:controller:Innovari:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 807 instance <suffix>

label = g:controller:Gesellschaft fur Gebaeudeautomation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 809 instance <suffix>

label = g:controller:RODI Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 810 instance <suffix>

label = g:controller:Nextek Power Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 811 instance <suffix>

label = g:controller:Creative Lighting:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 812 instance <suffix>

label = g:controller:WaterFurnace International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 813 instance <suffix>

label = g:controller:Mercury Security:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 814 instance <suffix>

label = g:controller:Hisense (Shandong) Air-Conditioning:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 815 instance <suffix>

label = g:controller:Layered Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 816 instance <suffix>

label = g:controller:Leegood Automatic System:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 817 instance <suffix>

label = g:controller:Shanghai Restar Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 818 instance <suffix>

label = g:controller:Reimann Ingenieurbuero:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 819 instance <suffix>

label = g:controller:LynTec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 820 instance <suffix>

label = g:controller:HTP:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 821 instance <suffix>

label = g:controller:Elkor Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 822 instance <suffix>

label = g:controller:Bentrol:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 823 instance <suffix>

label = g:controller:Team-Control:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 824 instance <suffix>

label = g:controller:NextDevice:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 825 instance <suffix>

label = g:controller:iSMA CONTROLLI:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 826 instance <suffix>

label = g:controller:King I Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 827 instance <suffix>

label = g:controller:SAMDAV:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 828 instance <suffix>

label = g:controller:Next Gen Industries Pvt.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 829 instance <suffix>

label = g:controller:Entic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 830 instance <suffix>

label = g:controller:ETAP:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 831 instance <suffix>

label = g:controller:Moralle Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 832 instance <suffix>

label = g:controller:Leicom:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 833 instance <suffix>

label = g:controller:Watts Regulator Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 834 instance <suffix>

label = g:controller:S.C. Orbtronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 835 instance <suffix>

label = g:controller:Gaussan Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 836 instance <suffix>

label = g:controller:WEBfactory:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 837 instance <suffix>

label = g:controller:Ocean Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 838 instance <suffix>

label = g:controller:Messana Air-Ray Conditioning:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 839 instance <suffix>

label = g:controller:Hangzhou BATOWN Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 840 instance <suffix>

label = g:controller:Reasonable Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 841 instance <suffix>

label = g:controller:Servisys:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 842 instance <suffix>

label = g:controller:Halstrup-Walcher:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 843 instance <suffix>

label = g:controller:SWG Automation Fuzhou:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 844 instance <suffix>

label = g:controller:KSB Aktiengesellschaft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 845 instance <suffix>

label = g:controller:Hybryd:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 846 instance <suffix>

label = g:controller:Helvatron:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 847 instance <suffix>

label = g:controller:Oderon Sp. Z.O.O.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 848 instance <suffix>

label = g:controller:mikolab:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 849 instance <suffix>

label = g:controller:Exodraft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 850 instance <suffix>

label = g:controller:Hochhuth:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 851 instance <suffix>

label = g:controller:Integrated System Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 852 instance <suffix>

label = g:controller:Shanghai Cellcons Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 853 instance <suffix>

label = g:controller:Emme Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 854 instance <suffix>

label = g:controller:Field Diagnostic Services:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 855 instance <suffix>

label = g:controller:Ges Teknik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 856 instance <suffix>

label = g:controller:Global Power Products:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 857 instance <suffix>

label = g:controller:Option:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 858 instance <suffix>

label = g:controller:BV-Control:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 859 instance <suffix>

label = g:controller:Sigren Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 860 instance <suffix>

label = g:controller:Shanghai Jaltone Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 861 instance <suffix>

label = g:controller:MaxLine Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 862 instance <suffix>

label = g:controller:Kron Instrumentos Eletricos:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 863 instance <suffix>

label = g:controller:Thermo Matrix:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 864 instance <suffix>

label = g:controller:Infinite Automation Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 865 instance <suffix>

label = g:controller:Vantage:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 866 instance <suffix>

label = g:controller:Elecon Measurements Pvt:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 867 instance <suffix>

label = g:controller:TBA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 868 instance <suffix>

label = g:controller:Carnes Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 869 instance <suffix>

label = g:controller:Harman Professional:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 870 instance <suffix>

label = g:controller:Nenutec Asia Pacific:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 871 instance <suffix>

label = g:controller:Gia:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 872 instance <suffix>

label = g:controller:Kepware Tehnologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 873 instance <suffix>

label = g:controller:Temperature Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 874 instance <suffix>

label = g:controller:Packet Power:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 875 instance <suffix>

label = g:controller:Project Haystack:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 876 instance <suffix>

label = g:controller:DEOS Controls Americas:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 877 instance <suffix>

label = g:controller:Senseware:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 878 instance <suffix>

label = g:controller:MST Systemtechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 879 instance <suffix>

label = g:controller:Lonix:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 880 instance <suffix>

label = g:controller:Gossen Metrawatt:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 881 instance <suffix>

label = g:controller:Aviosys International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 882 instance <suffix>

label = g:controller:Efficient Building Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 883 instance <suffix>

label = g:controller:Accutron Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 884 instance <suffix>

label = g:controller:Vermont Energy Control Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 885 instance <suffix>

label = g:controller:DCC Dynamics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 886 instance <suffix>

label = g:controller:B.E.G. Brueck Electronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 887 instance <suffix>

label = g:controller:NGBS Hungary:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 889 instance <suffix>

label = g:controller:ILLUM Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 890 instance <suffix>

label = g:controller:Delta Controls Germany:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 891 instance <suffix>

label = g:controller:S+T Service & Technique:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 892 instance <suffix>

label = g:controller:SimpleSoft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 893 instance <suffix>

label = g:controller:Altair Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 894 instance <suffix>

label = g:controller:EZEN Solution:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 895 instance <suffix>

label = g:controller:Fujitec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 896 instance <suffix>

label = g:controller:Terralux:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 897 instance <suffix>

label = g:controller:Annicom:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 898 instance <suffix>

label = g:controller:Bihl+Wiedemann:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 899 instance <suffix>

label = g:controller:Draper:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 900 instance <suffix>

label = g:controller:Schueco International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 901 instance <suffix>

label = g:controller:Otis Elevator Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 902 instance <suffix>

label = g:controller:Fidelix:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 903 instance <suffix>

label = g:controller:RAM GmbH Mess- und Regeltechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 904 instance <suffix>

label = g:controller:WEMS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 905 instance <suffix>

label = g:controller:Ravel Electronics Pvt:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 906 instance <suffix>

label = g:controller:OmniMagni:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 907 instance <suffix>

label = g:controller:Echelon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 908 instance <suffix>

label = g:controller:Intellimeter Canada:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 909 instance <suffix>

label = g:controller:Bithouse:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 910 instance <suffix>

label = g:controller:BuildPulse:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 912 instance <suffix>

label = g:controller:Shenzhen 1000 Building Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 913 instance <suffix>

label = g:controller:AED Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 914 instance <suffix>

label = g:controller:Guentner:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 915 instance <suffix>

label = g:controller:KNXlogic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 916 instance <suffix>

label = g:controller:CIM Environmental Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 917 instance <suffix>

label = g:controller:Flow Control:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 918 instance <suffix>

label = g:controller:Lumen Cache:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 919 instance <suffix>

label = g:controller:Ecosystem:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 920 instance <suffix>

label = g:controller:Potter Electric Signal Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 921 instance <suffix>

label = g:controller:Watanabe Electric Industry:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 923 instance <suffix>

label = g:controller:Causam Energy:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 924 instance <suffix>

label = g:controller:W-tec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 925 instance <suffix>

label = g:controller:IMI Hydronic Engineering International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 926 instance <suffix>

label = g:controller:ARIGO Software:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 927 instance <suffix>

label = g:controller:Smart Solucoes - MERCATO:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 929 instance <suffix>

label = g:controller:PIATRA Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 930 instance <suffix>

label = g:controller:ODIN Automation Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 931 instance <suffix>

label = g:controller:Belparts:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 932 instance <suffix>

label = g:controller:UAB, SALDA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 933 instance <suffix>

label = g:controller:Alre-IT Regeltechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 934 instance <suffix>

label = g:controller:Ingenieurbuero H. Lertes:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 935 instance <suffix>

label = g:controller:Breathing Buildings:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 936 instance <suffix>

label = g:controller:Ewon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 937 instance <suffix>

label = g:controller:Cav. Uff. Giacomo Cimberio:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 938 instance <suffix>

label = g:controller:PKE Software Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 939 instance <suffix>

label = g:controller:Allen:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 940 instance <suffix>

label = g:controller:Kastle Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 941 instance <suffix>

label = g:controller:Logical Electro-Mechanical (EM) Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 942 instance <suffix>

label = g:controller:ppKinetics Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 943 instance <suffix>

label = g:controller:Cathexis Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 944 instance <suffix>

label = g:controller:Sylop sp. Z o.o. sp.k:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 945 instance <suffix>

label = g:controller:Brauns Control:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 946 instance <suffix>

label = g:controller:Omron:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 947 instance <suffix>

label = g:controller:Wildeboer Bauteile:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 948 instance <suffix>

label = g:controller:Shanghai Biens Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 949 instance <suffix>

label = g:controller:Beijing HZHY Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 950 instance <suffix>

label = g:controller:Building Clouds:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 951 instance <suffix>

label = g:controller:Fabtronics Australia:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 953 instance <suffix>

label = g:controller:SLAT:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 954 instance <suffix>

label = g:controller:Software Motor:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 955 instance <suffix>

label = g:controller:Armstrong International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 956 instance <suffix>

label = g:controller:Steril-Aire:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 957 instance <suffix>

label = g:controller:Infinique:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 958 instance <suffix>

label = g:controller:Arcom:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 959 instance <suffix>

label = g:controller:Argo Performance:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 960 instance <suffix>

label = g:controller:Dialight:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 961 instance <suffix>

label = g:controller:Ideal Technical Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 962 instance <suffix>

label = g:controller:Neurobat:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 963 instance <suffix>

label = g:controller:Neyer Software Consulting:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 964 instance <suffix>

label = g:controller:SCADA Technology Development:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 965 instance <suffix>

label = g:controller:Demand Logic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 966 instance <suffix>

label = g:controller:GWA Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 967 instance <suffix>

label = g:controller:Occitaline:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 968 instance <suffix>

label = g:controller:NAO Digital:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 969 instance <suffix>

label = g:controller:Shenzhen Chanslink Network Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 970 instance <suffix>

label = g:controller:Samsung:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 971 instance <suffix>

label = g:controller:Mesa Laboratories:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 972 instance <suffix>

label = g:controller:Fischer:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 973 instance <suffix>

label = g:controller:OpSys Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 974 instance <suffix>

label = g:controller:Advanced Devices:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 975 instance <suffix>

label = g:controller:Condair:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 976 instance <suffix>

label = g:controller:INELCOM Ingenieria Electronica Comercial:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 977 instance <suffix>

label = g:controller:GridPoint:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 978 instance <suffix>

label = g:controller:ADF Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 979 instance <suffix>

label = g:controller:EPM:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 980 instance <suffix>

label = g:controller:Lighting Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 981 instance <suffix>

label = g:controller:Perix Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 982 instance <suffix>

label = g:controller:AERCO International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 983 instance <suffix>

label = g:controller:KONE:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 984 instance <suffix>

label = g:controller:Ziehl-Abegg SE:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 985 instance <suffix>

label = g:controller:Robot:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 986 instance <suffix>

label = g:controller:Optigo Networks:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 987 instance <suffix>

label = g:controller:Openmotics BVBA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 988 instance <suffix>

label = g:controller:Metropolitan Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 989 instance <suffix>

label = g:controller:Huawei:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 990 instance <suffix>

label = g:controller:Digital Lumens:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 991 instance <suffix>

label = g:controller:Vanti:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 992 instance <suffix>

label = g:controller:Cree Lighting:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 993 instance <suffix>

label = g:controller:Richmond Heights:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 994 instance <suffix>

label = g:controller:Payne-Sparkman Lighting Mangement:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 995 instance <suffix>

label = g:controller:Ashcroft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 996 instance <suffix>

label = g:controller:Jet Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 997 instance <suffix>

label = g:controller:Zumtobel Lighting:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 998 instance <suffix>

label = g:controller:Ekon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1000 instance <suffix>

label = g:controller:Molex:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1001 instance <suffix>

label = g:controller:Maco Lighting:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1002 instance <suffix>

label = g:controller:Axecon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1003 instance <suffix>

label = g:controller:Tensor:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1004 instance <suffix>

label = g:controller:Kaseman Environmental Control Equipment (Shanghai):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1005 instance <suffix>

label = g:controller:AB Axis Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1006 instance <suffix>

label = g:controller:Netix Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1007 instance <suffix>

label = g:controller:Eldridge Products:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1008 instance <suffix>

label = g:controller:Micronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1009 instance <suffix>

label = g:controller:Fortecho Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1010 instance <suffix>

label = g:controller:Sellers Manufacturing Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1011 instance <suffix>

label = g:controller:Rite-Hite Doors:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1012 instance <suffix>

label = g:controller:Violet Defense:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1013 instance <suffix>

label = g:controller:Simna:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1014 instance <suffix>

label = g:controller:Multi-Energie Best:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1015 instance <suffix>

label = g:controller:Mega System Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1016 instance <suffix>

label = g:controller:Rheem:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1017 instance <suffix>

label = g:controller:Ing. Punzenberger COPA-DATA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1018 instance <suffix>

label = g:controller:MEC Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1019 instance <suffix>

label = g:controller:Taco Comfort Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1020 instance <suffix>

label = g:controller:Alexander Maier:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1021 instance <suffix>

label = g:controller:Ecorithm:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1022 instance <suffix>

label = g:controller:Accurro:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1023 instance <suffix>

label = g:controller:ROMTECK Australia:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1024 instance <suffix>

label = g:controller:Splash Monitoring:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1025 instance <suffix>

label = g:controller:Light Application:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1026 instance <suffix>

label = g:controller:Logical Building Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1027 instance <suffix>

label = g:controller:Exilight:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1028 instance <suffix>

label = g:controller:Hager Electro:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1029 instance <suffix>

label = g:controller:KLIF:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1030 instance <suffix>

label = g:controller:HygroMatik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1031 instance <suffix>

label = g:controller:Daniel Mousseau Programmation & Electronique:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1032 instance <suffix>

label = g:controller:Aerionics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1033 instance <suffix>

label = g:controller:M2S Electronique Ltee:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1034 instance <suffix>

label = g:controller:Automation Components:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1035 instance <suffix>

label = g:controller:Niobrara Research & Development:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1036 instance <suffix>

label = g:controller:Netcom Sicherheitstechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1037 instance <suffix>

label = g:controller:Lumel:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1038 instance <suffix>

label = g:controller:Great Plains Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1039 instance <suffix>

label = g:controller:Domotica Labs:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1040 instance <suffix>

label = g:controller:Energy Cloud:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1041 instance <suffix>

label = g:controller:Vomatec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1042 instance <suffix>

label = g:controller:Demma Companies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1043 instance <suffix>

label = g:controller:Valsena:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1044 instance <suffix>

label = g:controller:Comsys Baertsch:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1045 instance <suffix>

label = g:controller:bGrid:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1046 instance <suffix>

label = g:controller:MDJ Software:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1047 instance <suffix>

label = g:controller:Dimonoff:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1048 instance <suffix>

label = g:controller:Edomo Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1049 instance <suffix>

label = g:controller:Effektiv:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1050 instance <suffix>

label = g:controller:SteamOVap:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1051 instance <suffix>

label = g:controller:grandcentrix:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1052 instance <suffix>

label = g:controller:Weintek:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1053 instance <suffix>

label = g:controller:Intefox:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1054 instance <suffix>

label = g:controller:Radius22 Automation Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1055 instance <suffix>

label = g:controller:Ringdale:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1056 instance <suffix>

label = g:controller:Iwaki America:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1057 instance <suffix>

label = g:controller:Bractlet:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1058 instance <suffix>

label = g:controller:STULZ Air Technology Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1059 instance <suffix>

label = g:controller:Climate Ready Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1060 instance <suffix>

label = g:controller:Genea Energy Partners:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1061 instance <suffix>

label = g:controller:IoTall Chile:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1062 instance <suffix>

label = g:controller:IKS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1063 instance <suffix>

label = g:controller:Yodiwo:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1064 instance <suffix>

label = g:controller:TITAN electronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1065 instance <suffix>

label = g:controller:IDEC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1066 instance <suffix>

label = g:controller:SIFRI:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1067 instance <suffix>

label = g:controller:Thermal Gas Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1068 instance <suffix>

label = g:controller:Building Automation Products:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1069 instance <suffix>

label = g:controller:Asset Mapping:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1070 instance <suffix>

label = g:controller:Smarteh Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1071 instance <suffix>

label = g:controller:Datapod (Australia):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1072 instance <suffix>

label = g:controller:Buildings Alive:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1073 instance <suffix>

label = g:controller:Digital Elektronik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1074 instance <suffix>

label = g:controller:Talent Automacao e Tecnologia:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1075 instance <suffix>

label = g:controller:Norposh:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1076 instance <suffix>

label = g:controller:Merkur Funksysteme:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1077 instance <suffix>

label = g:controller:Faster CZ spol.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1078 instance <suffix>

label = g:controller:Eco-Adapt:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1079 instance <suffix>

label = g:controller:Energocentrum Plus:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1080 instance <suffix>

label = g:controller:amBX UK:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1081 instance <suffix>

label = g:controller:Western Reserve Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1082 instance <suffix>

label = g:controller:LayerZero Power Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1083 instance <suffix>

label = g:controller:CIC Jan Hrebec:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1084 instance <suffix>

label = g:controller:Sigrov:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1085 instance <suffix>

label = g:controller:ISYS-Intelligent Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1086 instance <suffix>

label = g:controller:Gas Detection (Australia):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1087 instance <suffix>

label = g:controller:Kinco Automation (Shanghai):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1088 instance <suffix>

label = g:controller:Lars Energy:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1089 instance <suffix>

label = g:controller:Flamefast (UK):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1090 instance <suffix>

label = g:controller:Royal Service Air Conditioning:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1091 instance <suffix>

label = g:controller:Ampio:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1092 instance <suffix>

label = g:controller:Inovonics Wireless:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1093 instance <suffix>

label = g:controller:Nvent Thermal Management:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1094 instance <suffix>

label = g:controller:Sinowell Control System:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1095 instance <suffix>

label = g:controller:Moxa:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1096 instance <suffix>

label = g:controller:Matrix iControl:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1097 instance <suffix>

label = g:controller:PurpleSwift:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1098 instance <suffix>

label = g:controller:OTIM Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1099 instance <suffix>

label = g:controller:FlowMate:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1100 instance <suffix>

label = g:controller:Degree Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1101 instance <suffix>

label = g:controller:Fei Xing (Shanghai) Software Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1102 instance <suffix>

label = g:controller:Berg:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1103 instance <suffix>

label = g:controller:ARENZ.IT:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1104 instance <suffix>

label = g:controller:Edelstrom Electronic Devices & Designing:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1105 instance <suffix>

label = g:controller:Drive Connect:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1106 instance <suffix>

label = g:controller:DevelopNow:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1107 instance <suffix>

label = g:controller:Poort:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1108 instance <suffix>

label = g:controller:VMEIL Information (Shanghai):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1109 instance <suffix>

label = g:controller:Rayleigh Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1110 instance <suffix>

label = g:controller:CODESYS Development:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1112 instance <suffix>

label = g:controller:Smartware Technologies Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1113 instance <suffix>

label = g:controller:Polar Bear Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1114 instance <suffix>

label = g:controller:Codra:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1115 instance <suffix>

label = g:controller:Pharos Architectural Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1116 instance <suffix>

label = g:controller:EngiNear:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1117 instance <suffix>

label = g:controller:Ad Hoc Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1118 instance <suffix>

label = g:controller:Unified Microsystems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1119 instance <suffix>

label = g:controller:Industrieelektronik Brandenburg:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1120 instance <suffix>

label = g:controller:Hartmann:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1121 instance <suffix>

label = g:controller:Piscada:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1122 instance <suffix>

label = g:controller:KMB systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1123 instance <suffix>

label = g:controller:PowerTech Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1124 instance <suffix>

label = g:controller:Telefonbau Arthur Schwabe:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1125 instance <suffix>

label = g:controller:Wuxi Fistwelove Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1126 instance <suffix>

label = g:controller:Prysm:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1127 instance <suffix>

label = g:controller:STEINEL:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1128 instance <suffix>

label = g:controller:Georg Fischer JRG:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1129 instance <suffix>

label = g:controller:Make Develop:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1130 instance <suffix>

label = g:controller:Monnit:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1131 instance <suffix>

label = g:controller:Mirror Life:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1132 instance <suffix>

label = g:controller:Secure Meters:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1133 instance <suffix>

label = g:controller:PECO:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1134 instance <suffix>

label = g:controller:.CCTECH:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1135 instance <suffix>

label = g:controller:LightFi:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1136 instance <suffix>

label = g:controller:Nice:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1137 instance <suffix>

label = g:controller:Fiber SenSys:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1138 instance <suffix>

label = g:controller:B&D Buchta und Degeorgi:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1139 instance <suffix>

label = g:controller:Ventacity Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1140 instance <suffix>

label = g:controller:Hitachi-Johnson Controls Air Conditioning:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1141 instance <suffix>

label = g:controller:Sage Metering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1142 instance <suffix>

label = g:controller:Andel:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1143 instance <suffix>

label = g:controller:ECOSmart Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1144 instance <suffix>

label = g:controller:S.E.T.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1145 instance <suffix>

label = g:controller:Protec Fire Detection Spain:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1146 instance <suffix>

label = g:controller:AGRAMER UG:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1147 instance <suffix>

label = g:controller:Anylink Electronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1148 instance <suffix>

label = g:controller:Schindler:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1149 instance <suffix>

label = g:controller:Jibreel Abdeen Est.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1150 instance <suffix>

label = g:controller:Fluidyne Control Systems Pvt.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1151 instance <suffix>

label = g:controller:Prism Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1152 instance <suffix>

label = g:controller:Enertiv:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1153 instance <suffix>

label = g:controller:Mirasoft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1154 instance <suffix>

label = g:controller:DUALTECH IT:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1155 instance <suffix>

label = g:controller:Countlogic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1156 instance <suffix>

label = g:controller:Kohler:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1157 instance <suffix>

label = g:controller:Chen Sen Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1158 instance <suffix>

label = g:controller:Greenheck:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1159 instance <suffix>

label = g:controller:Intwine Connect:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1160 instance <suffix>

label = g:controller:Karlborgs Elkontroll:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1161 instance <suffix>

label = g:controller:Datakom:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1162 instance <suffix>

label = g:controller:Hoga Control:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1163 instance <suffix>

label = g:controller:Cool Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1164 instance <suffix>

label = g:controller:Inter Search:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1165 instance <suffix>

label = g:controller:DABBEL-Automation Intelligence:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1166 instance <suffix>

label = g:controller:Gadgeon Engineering Smartness:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1167 instance <suffix>

label = g:controller:Coster Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1168 instance <suffix>

label = g:controller:Walter Mueller:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1169 instance <suffix>

label = g:controller:Fluke:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1170 instance <suffix>

label = g:controller:Quintex Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1171 instance <suffix>

label = g:controller:Senfficient:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1172 instance <suffix>

label = g:controller:Nube iO Operations:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1173 instance <suffix>

label = g:controller:DAS Integrator:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1174 instance <suffix>

label = g:controller:Crevis:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1175 instance <suffix>

label = g:controller:iSquared software:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1176 instance <suffix>

label = g:controller:KTG:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1177 instance <suffix>

label = g:controller:POK Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1178 instance <suffix>

label = g:controller:Adiscom:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1179 instance <suffix>

label = g:controller:Incusense:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1180 instance <suffix>

label = g:controller:75F:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1181 instance <suffix>

label = g:controller:Anord Mardix:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1182 instance <suffix>

label = g:controller:HOSCH Gebaeudeautomation Neue Produkte:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1183 instance <suffix>

label = g:controller:Bosch.IO:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1184 instance <suffix>

label = g:controller:Royal Boon Edam International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1185 instance <suffix>

label = g:controller:Clack:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1186 instance <suffix>

label = g:controller:Unitex Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1187 instance <suffix>

label = g:controller:KTC Goeteborg:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1188 instance <suffix>

label = g:controller:Interzon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1189 instance <suffix>

label = g:controller:ISDE ING:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1190 instance <suffix>

label = g:controller:ABM automation building messaging:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1191 instance <suffix>

label = g:controller:Kentec Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1192 instance <suffix>

label = g:controller:Copeland:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1193 instance <suffix>

label = g:controller:Powerside:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1194 instance <suffix>

label = g:controller:SMC Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1195 instance <suffix>

label = g:controller:EOS Weather Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1196 instance <suffix>

label = g:controller:Zonex Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1197 instance <suffix>

label = g:controller:Generex Systems Computervertriebsgesellschaft mbH:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1198 instance <suffix>

label = g:controller:Energy Wall:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1199 instance <suffix>

label = g:controller:Thermofin:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1200 instance <suffix>

label = g:controller:SDATAWAY:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1201 instance <suffix>

label = g:controller:Biddle Air Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1202 instance <suffix>

label = g:controller:Kessler Ellis Products:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1203 instance <suffix>

label = g:controller:Thermoscreens:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1204 instance <suffix>

label = g:controller:Modio:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1205 instance <suffix>

label = g:controller:Newron Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1206 instance <suffix>

label = g:controller:Unitronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1207 instance <suffix>

label = g:controller:TRILUX:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1208 instance <suffix>

label = g:controller:Kollmorgen Steuerungstechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1209 instance <suffix>

label = g:controller:Bosch Rexroth:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1210 instance <suffix>

label = g:controller:Alarko Carrier:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1211 instance <suffix>

label = g:controller:Verdigris Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1212 instance <suffix>

label = g:controller:Shanghai SIIC-Longchuang Smartech So.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1213 instance <suffix>

label = g:controller:Quinda:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1214 instance <suffix>

label = g:controller:GRUNER:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1215 instance <suffix>

label = g:controller:BACMOVE:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1216 instance <suffix>

label = g:controller:PSIDAC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1217 instance <suffix>

label = g:controller:ISICON-Control Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1218 instance <suffix>

label = g:controller:Big Ass Fans:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1219 instance <suffix>

label = g:controller:din - Dietmar Nocker Facility Management:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1220 instance <suffix>

label = g:controller:Teldio:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1221 instance <suffix>

label = g:controller:MIKROKLIMA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1222 instance <suffix>

label = g:controller:Density:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1223 instance <suffix>

label = g:controller:ICONAG-Leittechnik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1224 instance <suffix>

label = g:controller:Awair:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1225 instance <suffix>

label = g:controller:T&D Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1226 instance <suffix>

label = g:controller:Sistemas Digitales:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1227 instance <suffix>

label = g:controller:Loxone:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1228 instance <suffix>

label = g:controller:ActronAir:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1229 instance <suffix>

label = g:controller:Inductive Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1230 instance <suffix>

label = g:controller:Thor Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1231 instance <suffix>

label = g:controller:Berner International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1232 instance <suffix>

label = g:controller:Potsdam Sensors:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1233 instance <suffix>

label = g:controller:Kohler Mira:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1234 instance <suffix>

label = g:controller:Tecomon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1235 instance <suffix>

label = g:controller:Two Dimensional Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1236 instance <suffix>

label = g:controller:LEFA Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1237 instance <suffix>

label = g:controller:EATON CEAG Notlichtsysteme:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1238 instance <suffix>

label = g:controller:Commbox Tecnologia:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1239 instance <suffix>

label = g:controller:IPVideo:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1240 instance <suffix>

label = g:controller:Bender:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1241 instance <suffix>

label = g:controller:Rhymebus:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1242 instance <suffix>

label = g:controller:Axon Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1243 instance <suffix>

label = g:controller:Engineered Air:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1244 instance <suffix>

label = g:controller:Elipse Software Ltda:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1245 instance <suffix>

label = g:controller:Simatix Building Technologies Pvt.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1246 instance <suffix>

label = g:controller:W.A. Benjamin Electric:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1247 instance <suffix>

label = g:controller:TROX Air Conditioning Components (Suzhou):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1248 instance <suffix>

label = g:controller:SC Medical:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1249 instance <suffix>

label = g:controller:Elcanic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1250 instance <suffix>

label = g:controller:Obeo:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1251 instance <suffix>

label = g:controller:Tapa:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1252 instance <suffix>

label = g:controller:ASE Smart Energy:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1253 instance <suffix>

label = g:controller:Performance Services:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1254 instance <suffix>

label = g:controller:Veridify Security:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1255 instance <suffix>

label = g:controller:CD Innovation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1256 instance <suffix>

label = g:controller:Ben Peoples Industries:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1257 instance <suffix>

label = g:controller:UNICOMM:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1258 instance <suffix>

label = g:controller:Thing Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1259 instance <suffix>

label = g:controller:Beijing Hailin Control Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1260 instance <suffix>

label = g:controller:Digital Realty:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1261 instance <suffix>

label = g:controller:Agrowtek:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1262 instance <suffix>

label = g:controller:DSP Innovation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1263 instance <suffix>

label = g:controller:STV Electronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1264 instance <suffix>

label = g:controller:Elmeasure India Pvt:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1265 instance <suffix>

label = g:controller:Pineshore Energy:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1266 instance <suffix>

label = g:controller:Brasch Environmental Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1267 instance <suffix>

label = g:controller:ShenZhen ZhiXing Building Tech:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1268 instance <suffix>

label = g:controller:Sinux:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1269 instance <suffix>

label = g:controller:Avnet:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1270 instance <suffix>

label = g:controller:Somfy Activites:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1271 instance <suffix>

label = g:controller:Amico:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1272 instance <suffix>

label = g:controller:SageGlass:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1273 instance <suffix>

label = g:controller:AuVerte:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1274 instance <suffix>

label = g:controller:Agile Connects Pvt.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1275 instance <suffix>

label = g:controller:Locimation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1276 instance <suffix>

label = g:controller:Envio Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1277 instance <suffix>

label = g:controller:Voytech Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1278 instance <suffix>

label = g:controller:Davidsmeyer und Paul:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1279 instance <suffix>

label = g:controller:Lusher Engineering Services:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1280 instance <suffix>

label = g:controller:CHNT Nanjing Techsel Intelligent Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1281 instance <suffix>

label = g:controller:Threetronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1282 instance <suffix>

label = g:controller:SkyFoundry:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1283 instance <suffix>

label = g:controller:HanilProTech:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1284 instance <suffix>

label = g:controller:Sensorscall:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1285 instance <suffix>

label = g:controller:Shanghai Jingpu Information Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1286 instance <suffix>

label = g:controller:Lichtmanufaktur Berlin:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1287 instance <suffix>

label = g:controller:Eco Parking Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1288 instance <suffix>

label = g:controller:Envision Digital International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1289 instance <suffix>

label = g:controller:Antony Developpement Electronique:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1290 instance <suffix>

label = g:controller:i2systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1291 instance <suffix>

label = g:controller:Thureon International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1292 instance <suffix>

label = g:controller:Pulsafeeder:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1293 instance <suffix>

label = g:controller:MegaChips:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1294 instance <suffix>

label = g:controller:TES Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1295 instance <suffix>

label = g:controller:Cermate:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1296 instance <suffix>

label = g:controller:Grand Valley State University:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1297 instance <suffix>

label = g:controller:Symcon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1298 instance <suffix>

label = g:controller:The Chicago Faucet Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1299 instance <suffix>

label = g:controller:Geberit:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1300 instance <suffix>

label = g:controller:Rex Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1301 instance <suffix>

label = g:controller:IVMS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1302 instance <suffix>

label = g:controller:MNPP Saturn:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1303 instance <suffix>

label = g:controller:Regal Beloit:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1304 instance <suffix>

label = g:controller:ACS-Air Conditioning Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1305 instance <suffix>

label = g:controller:GBX Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1306 instance <suffix>

label = g:controller:Kaiterra:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1307 instance <suffix>

label = g:controller:ThinKuan loT Technology (Shanghai):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1308 instance <suffix>

label = g:controller:HoCoSto:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1309 instance <suffix>

label = g:controller:Shenzhen AS-AI Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1310 instance <suffix>

label = g:controller:RPS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1311 instance <suffix>

label = g:controller:Esme solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1312 instance <suffix>

label = g:controller:IOTech Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1313 instance <suffix>

label = g:controller:i-AutoLogic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1314 instance <suffix>

label = g:controller:New Age Micro:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1315 instance <suffix>

label = g:controller:Guardian Glass:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1316 instance <suffix>

label = g:controller:Guangzhou Zhaoyu Information Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1317 instance <suffix>

label = g:controller:ACE IoT Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1318 instance <suffix>

label = g:controller:Poris Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1319 instance <suffix>

label = g:controller:Terminus Technologies Group:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1320 instance <suffix>

label = g:controller:Intech 21:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1321 instance <suffix>

label = g:controller:Accurate Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1322 instance <suffix>

label = g:controller:Fluence Bioengineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1323 instance <suffix>

label = g:controller:Mun Hean Singapore:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1324 instance <suffix>

label = g:controller:Katronic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1325 instance <suffix>

label = g:controller:Suzhou XinAo Information Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1326 instance <suffix>

label = g:controller:Linktekk Technology, JSC.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1327 instance <suffix>

label = g:controller:Stirling Ultracold:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1328 instance <suffix>

label = g:controller:UV Partners:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1329 instance <suffix>

label = g:controller:ProMinent:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1330 instance <suffix>

label = g:controller:Multi-Tech Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1331 instance <suffix>

label = g:controller:JUMO:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1332 instance <suffix>

label = g:controller:Qingdao Huarui Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1333 instance <suffix>

label = g:controller:Cairn Systemes:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1334 instance <suffix>

label = g:controller:NeuroLogic Research:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1335 instance <suffix>

label = g:controller:Transition Technologies Advanced Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1336 instance <suffix>

label = g:controller:Xxter:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1337 instance <suffix>

label = g:controller:PassiveLogic:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1338 instance <suffix>

label = g:controller:EnSmart Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1339 instance <suffix>

label = g:controller:Watts Heating and Hot Water Solutions, dba Lync:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1340 instance <suffix>

label = g:controller:Troposphaira Technologies LLP:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1341 instance <suffix>

label = g:controller:Network Thermostat:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1342 instance <suffix>

label = g:controller:Titanium Intelligent Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1343 instance <suffix>

label = g:controller:Numa Products:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1344 instance <suffix>

label = g:controller:WAREMA Renkhoff SE:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1345 instance <suffix>

label = g:controller:Frese:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1346 instance <suffix>

label = g:controller:Mapped:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1347 instance <suffix>

label = g:controller:ELEKTRODESIGN ventilatory:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1348 instance <suffix>

label = g:controller:AirCare Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1349 instance <suffix>

label = g:controller:Antrum:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1350 instance <suffix>

label = g:controller:Bao Linh Connect Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1351 instance <suffix>

label = g:controller:Virginia Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1352 instance <suffix>

label = g:controller:Duosys:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1353 instance <suffix>

label = g:controller:Onsen:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1354 instance <suffix>

label = g:controller:Vaughn Thermal:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1355 instance <suffix>

label = g:controller:Thermoplastic Engineering Ltd (TPE):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1356 instance <suffix>

label = g:controller:Wirth Research:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1357 instance <suffix>

label = g:controller:SST Automation:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1358 instance <suffix>

label = g:controller:Shanghai Bencol Electronic Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1359 instance <suffix>

label = g:controller:AIWAA Systems Private:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1360 instance <suffix>

label = g:controller:Enless Wireless:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1361 instance <suffix>

label = g:controller:Ozuno Engineering:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1362 instance <suffix>

label = g:controller:Hubbell, The Electric Heater Company:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1363 instance <suffix>

label = g:controller:Industrial Turnaround Corporation (ITAC):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1364 instance <suffix>

label = g:controller:Wadsworth Control Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1365 instance <suffix>

label = g:controller:Services Hilo:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1366 instance <suffix>

label = g:controller:iDM Energiesysteme:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1367 instance <suffix>

label = g:controller:BeNext:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1368 instance <suffix>

label = g:controller:CleanAir.ai:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1369 instance <suffix>

label = g:controller:Revolution Microelectronics (America):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1370 instance <suffix>

label = g:controller:Real-Time Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1371 instance <suffix>

label = g:controller:ZedBee Technologies Pvt:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1372 instance <suffix>

label = g:controller:Wimate Technology Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1373 instance <suffix>

label = g:controller:Senticon:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1374 instance <suffix>

label = g:controller:Rossaker:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1375 instance <suffix>

label = g:controller:OPIT Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1376 instance <suffix>

label = g:controller:Hotowell International:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1377 instance <suffix>

label = g:controller:Inim Electronics S.R.L. Unipersonale:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1378 instance <suffix>

label = g:controller:Airthings ASA:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1379 instance <suffix>

label = g:controller:Analog Devices:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1380 instance <suffix>

label = g:controller:AIDirections DMCC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1381 instance <suffix>

label = g:controller:Prima Electro:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1382 instance <suffix>

label = g:controller:KLT Control System:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1383 instance <suffix>

label = g:controller:Evolution Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1384 instance <suffix>

label = g:controller:Bever Innovations:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1385 instance <suffix>

label = g:controller:Pelican Wireless Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1386 instance <suffix>

label = g:controller:Control Concepts:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1387 instance <suffix>

label = g:controller:Augmatic Technologies Pvt.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1388 instance <suffix>

label = g:controller:Xiamen Milesight loT:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1389 instance <suffix>

label = g:controller:Tianjin Anjie loT Schience and Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1390 instance <suffix>

label = g:controller:Guangzhou S. Energy Electronics Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1391 instance <suffix>

label = g:controller:AKVO Atmospheric Water Systems Pvt.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1392 instance <suffix>

label = g:controller:EmFirst:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1393 instance <suffix>

label = g:controller:Iion Systems ApS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1394 instance <suffix>

label = g:controller:SAF Tehnika JSC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1396 instance <suffix>

label = g:controller:Komfort IQ:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1397 instance <suffix>

label = g:controller:CoolTera:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1398 instance <suffix>

label = g:controller:Hadron Solutions S.r.l.s:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1399 instance <suffix>

label = g:controller:Bitpool:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1401 instance <suffix>

label = g:controller:Sonicu:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1402 instance <suffix>

label = g:controller:Rishabh Instruments:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1403 instance <suffix>

label = g:controller:Thing Warehouse:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1404 instance <suffix>

label = g:controller:Innofriends:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1405 instance <suffix>

label = g:controller:Metronic AKP Sp. J.:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1406 instance <suffix>

label = g:controller:Techknave:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1407 instance <suffix>

label = g:controller:Elsner Elektronik:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1408 instance <suffix>

label = g:controller:LEFOO Industrial (Hangzhou):BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1409 instance <suffix>

label = g:controller:Calibration Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1410 instance <suffix>

label = g:controller:Allorado:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1411 instance <suffix>

label = g:controller:Verkada:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1412 instance <suffix>

label = g:controller:Wattsense:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1413 instance <suffix>

label = g:controller:Emerson Automation Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1414 instance <suffix>

label = g:controller:Growlink:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1415 instance <suffix>

label = g:controller:Olympia Electronics:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1416 instance <suffix>

label = g:controller:Normal Software:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1417 instance <suffix>

label = g:controller:ST Engineering Solution JSC:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1418 instance <suffix>

label = g:controller:Industrial Flow Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1419 instance <suffix>

label = g:controller:Ubiqisense ApS:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1420 instance <suffix>

label = g:controller:Tiger-Soft:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1421 instance <suffix>

label = g:controller:Ecodom:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1422 instance <suffix>

label = g:controller:Bilgipro IoT Systems:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1423 instance <suffix>

label = g:controller:planspur netdesign:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1424 instance <suffix>

label = g:controller:Dolphin Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1425 instance <suffix>

label = g:controller:Ecovena:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1427 instance <suffix>

label = g:controller:Gree Electric Appliances Inc of Zhuhai:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1428 instance <suffix>

label = g:controller:Conspec Controls:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1429 instance <suffix>

label = g:controller:Hikvision:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1430 instance <suffix>

label = g:controller:Crystal Peak Security:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1431 instance <suffix>

label = g:controller:PermAlert:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1432 instance <suffix>

label = g:controller:Zhejiang Misilin Technology:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1433 instance <suffix>

label = g:controller:Dekker Vacuum Technologies:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1434 instance <suffix>

label = g:controller:Edwards:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1435 instance <suffix>

label = g:controller:Leybold:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1436 instance <suffix>

label = g:controller:International Gas Detectors:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1437 instance <suffix>

label = g:controller:Atlas Copco Airpower:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1438 instance <suffix>

label = g:controller:Air Sentry:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1439 instance <suffix>

label = g:controller:Aelsys:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1440 instance <suffix>

label = g:controller:Granby Consulting:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1441 instance <suffix>

label = g:controller:Clever Relay:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1442 instance <suffix>

label = g:controller:Oqdo:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1444 instance <suffix>

label = g:controller:Matrix Comsec Private:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1445 instance <suffix>

label = g:controller:Resource Solutions:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1446 instance <suffix>

label = g:controller:American Gas Safety:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1447 instance <suffix>

label = g:controller:S&S Northern:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1448 instance <suffix>

label = g:controller:Ulbios Techsens:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1449 instance <suffix>

label = g:controller:Bowery Farming:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1450 instance <suffix>

label = g:controller:Ryobi:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1451 instance <suffix>

label = g:controller:EkkoSense:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1452 instance <suffix>

label = g:controller:ClimaCool:BACnet instance <suffix>::
; source: ace-bacnet-devices 0.2.1 (MIT); high
sig   = industrial bacnet vendor 1453 instance <suffix>

; ---- CIP ----

label = s::Rockwell Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1
sig   = industrial enip vendor 5
sig   = industrial enip vendor 668

label = s::Namco Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 2

label = s::Honeywell:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 3

label = s::Parker Hannifin:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 4

label = s::SMC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 7

label = s::Molex:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 8

label = s::Western Reserve Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 9

label = s::Advanced Micro Controls Inc. (AMCI):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 10

label = s::ASCO Pneumatic Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 11

label = s::Banner Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 12

label = s::Belden Wire & Cable Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 13

label = s::Cooper Interconnect:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 14

label = s::Daniel Woodhead:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 16

label = s::Dearborn Group:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 17

label = s::Helm Instrument Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 19

label = s::Huron Net Works:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 20

label = s::Belden Deutschland:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 21

label = s::Online Development:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 22

label = s::Vorne Industries:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 23

label = s::ODVA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 24

label = s::Festo:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 26

label = s::Unico:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 30

label = s::Ross Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 31

label = s::Hohner:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 34

label = s::Micro Mo Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 35

label = s::MKS Instruments:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 36

label = s::Yaskawa Electric America formerly Magnetek Drives:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 37

label = s::AVG Automation (Uticor):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 39

label = s::Wago:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 40

label = s::Celerity:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 41

label = s::IMI Norgren:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 42

label = s::BALLUFF:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 43

label = s::Yaskawa America:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 44

label = s::Eurotherm by Schneider Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 45

label = s::ABB:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 46
sig   = industrial enip vendor 75
sig   = industrial enip vendor 127
sig   = industrial enip vendor 347
sig   = industrial enip vendor 408
sig   = industrial enip vendor 593
sig   = industrial enip vendor 722
sig   = industrial enip vendor 760
sig   = industrial enip vendor 943
sig   = industrial enip vendor 1083

label = s::Omron:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 47
sig   = industrial enip vendor 252
sig   = industrial enip vendor 371

label = s::Turck:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 48
sig   = industrial enip vendor 256

label = s::Grayhill:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 49

label = s::Real Time Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 50

label = s::Numatics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 52

label = s::Lutze:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 53

label = s::Softing:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 56

label = s::Pepperl + Fuchs:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 57

label = s::Spectrum Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 58

label = s::D.I.P. Inc. MKS Inst.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 59

label = s::Applied Motion Products:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 60

label = s::Sencon:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 61

label = s::High Country Tek:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 62

label = s::SWAC Automation Consult:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 63

label = s::Clippard Instrument Laboratory:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 64

label = s::Eaton Electrical:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 68

label = s::Toshiba:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 71

label = s::Control Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 72
sig   = industrial enip vendor 254

label = s::TCS (NZ):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 73

label = s::Hitachi:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 74

label = s::NKE:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 76

label = s::Rockwell Software:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 77

label = s::Escort Memory Systems (A Datalogic Group Co.):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 78

label = s::Industrial Devices:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 80

label = s::IXXAT Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 81

label = s::Mitsubishi Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 82
sig   = industrial enip vendor 161
sig   = industrial enip vendor 369
sig   = industrial enip vendor 1073

label = s::OPTO-22:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 83

label = s::Horner Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 86

label = s::Buerkert Fluid Control Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 87

label = s::Industrial Indexing Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 89

label = s::HMS Networks:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 90

label = s::Robicon:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 91

label = s::Helix Technology (Granville-Phillips):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 92

label = s::Arlington Laboratory:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 93

label = s::Advantech:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 94

label = s::Square D Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 95

label = s::Digital Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 96

label = s::Danfoss:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 97

label = s::AVENTICS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 100

label = s::Applied Materials:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 101

label = s::SWCC Showa Cable Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 102

label = s::Pacific Scientific (API Controls Inc.):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 103

label = s::Sharp Manufacturing Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 104

label = s::Olflex Wire & Cable:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 105

label = s::Unitrode:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 107

label = s::Beckhoff:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 108

label = s::National Instruments:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 109

label = s::Mykrolis Corporation (Millipore):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 110

label = s::International Motion Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 111

label = s::SEG Kempen:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 113

label = s::Temposonics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 116

label = s::Krones:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 117

label = s::EXOR Electronic R & D:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 119

label = s::SIEI:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 120

label = s::KUKA Deutschland:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 121

label = s::Samsung:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 123

label = s::Binary Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 124

label = s::Flexible Machine Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 125

label = s::MAC Valves:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 128

label = s::AUMA Riester:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 129

label = s::JTEKT:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 130

label = s::Balogh T.A.G.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 133

label = s::TR-Electronic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 134

label = s::UNIPULSE:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 135

label = s::Conxall:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 138

label = s::Kuramo Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 141

label = s::Creative Micro Designs:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 142

label = s::GE Industrial Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 143

label = s::Leybold:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 144

label = s::Siemens:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 145
sig   = industrial enip vendor 796
sig   = industrial enip vendor 862
sig   = industrial enip vendor 971

label = s::Kodensha:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 146

label = s::Motion Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 147

label = s::Honda Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 148

label = s::EIM Valve Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 149

label = s::Melec:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 150

label = s::Sony Manufacturing Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 151
sig   = industrial enip vendor 671

label = s::North American Mfg.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 152

label = s::WATLOW:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 153

label = s::Japan Radio:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 154

label = s::NADEX:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 155

label = s::Ametek Automation & Process Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 156

label = s::KVASER:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 158

label = s::IDEC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 159

label = s::Mitsubishi Heavy Industries:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 160

label = s::Horiba-STEC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 162

label = s::esd electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 163

label = s::DAIHEN:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 164

label = s::Tyco Valves & Controls/Keystone:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 165

label = s::EBARA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 166

label = s::Hokuyo Automatic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 169

label = s::Pyramid Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 170

label = s::Denso Wave:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 171

label = s::HLS Hard-Line Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 172

label = s::Caterpillar:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 173

label = s::PDL Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 174

label = s::Red Lion:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 176

label = s::ANELVA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 177

label = s::Toyo Denki Seizo:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 178

label = s::Sanyo Denki:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 179

label = s::Hitachi Metals:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 180
sig   = industrial enip vendor 186

label = s::Pilz:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 181

label = s::Marsh Bellofram-Bellofram PCD Division:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 182

label = s::M-System:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 184

label = s::Nissin Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 185

label = s::Oriental Motor:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 187

label = s::A&D:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 188

label = s::Phasetronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 189

label = s::Cummins Engine Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 190

label = s::Deltron:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 191

label = s::Geneer:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 192

label = s::Anatol Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 193

label = s::Medar:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 196

label = s::XP Power:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 197

label = s::Advanced Energy Industries:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 198

label = s::DAIDEN:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 200

label = s::CKD:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 201

label = s::Toyo Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 202

label = s::AuCom Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 204

label = s::Sinfonia Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 205

label = s::Vector Informatik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 206

label = s::Moog:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 208

label = s::Contemporary Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 209

label = s::Tokyo Sokki Kenkyujo:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 210

label = s::Schenck Process Group:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 211

label = s::The Oilgear Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 212

label = s::ASM Japan:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 214

label = s::HIRATA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 215

label = s::SUNX:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 216

label = s::Meidensha:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 217

label = s::NIDEC SANKYO CORPORATION (Sankyo Seiki Mfg. Co., Ltd):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 218

label = s::KAMRO:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 219

label = s::NSD:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 220
sig   = industrial enip vendor 230

label = s::EBARA Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 221

label = s::SG:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 224

label = s::Vaasa Institute of Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 225

label = s::MKS Instruments (ENI Technology):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 226

label = s::Tateyama System Laboratory:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 227

label = s::QLOG:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 228

label = s::Matric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 229

label = s::Sumitomo Wiring Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 232

label = s::Group 3 Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 233

label = s::CTI Cryogenics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 234

label = s::POLSYS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 235

label = s::Ampere:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 236

label = s::Simplatroll:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 238

label = s::Leading Edge Design:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 241

label = s::Humphrey Products:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 242

label = s::Schneider Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 243

label = s::Westlock Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 244

label = s::Nihon Weidmuller:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 245

label = s::Brooks Instrument:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 246

label = s::Moeller:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 248

label = s::Varian Vacuum Products:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 249

label = s::Yokogawa Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 250

label = s::Electrical Design Daiyu:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 251

label = s::Edwards:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 253

label = s::Bosch Rexroth:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 255
sig   = industrial enip vendor 287

label = s::Control Techniques:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 257

label = s::Hardy Process Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 258

label = s::LS ELECTRIC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 259

label = s::E.O.A. Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 260

label = s::New Cosmos Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 262

label = s::Sense Eletronica LTDA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 263

label = s::Xycom:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 264

label = s::Baldor Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 265

label = s::Patlite:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 267

label = s::Mogami Wire & Cable:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 269

label = s::Welding Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 270

label = s::Deutschmann Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 272

label = s::ICP Panel-Tec:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 273

label = s::Bray International:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 274

label = s::Status Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 276

label = s::Trio Motion Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 277

label = s::Sherrex Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 278

label = s::Adept Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 279

label = s::Spang Power Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 280

label = s::Acrosser Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 282

label = s::Hilscher:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 283

label = s::IMAX:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 284

label = s::Electronic Innovation, Inc. (Falter Engineering):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 285

label = s::Netlogic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 286

label = s::Murata Machinery:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 290

label = s::MTT Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 291

label = s::Kanematsu Semiconductor:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 292

label = s::Takebishi Electric Sales:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 293

label = s::Tokyo Electron Device:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 294

label = s::PFU:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 295

label = s::Hakko Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 296

label = s::Advanet:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 297

label = s::Tokyo Electron Software Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 298

label = s::Shinagawa Electric Wire:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 300

label = s::Yokogawa M&C:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 301

label = s::KONAN Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 302

label = s::Binar Elektronik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 303

label = s::Furukawa Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 304

label = s::Cooper Energy Services:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 305

label = s::Schleicher:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 306

label = s::Hirose Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 307

label = s::Western Servo Design:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 308

label = s::Prosoft Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 309

label = s::Towa Shoko:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 311

label = s::Kyopal:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 312

label = s::Extron:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 313

label = s::Wieland Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 314

label = s::SEW-Eurodrive:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 315

label = s::Aera:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 316

label = s::STA Reutlingen:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 317

label = s::Fuji Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 319

label = s::ifm electronic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 322

label = s::IDEACOD-Hohner Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 324

label = s::CommScope:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 325

label = s::Intelligent Platforms:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 326

label = s::Matsushita Electric Industrial:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 327

label = s::Okaya Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 328

label = s::KASHIYAMA Industries:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 329

label = s::JVC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 330

label = s::Interface:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 331

label = s::Grape Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 332

label = s::Toshiba IT & Control Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 335

label = s::Sanyo Machine Works:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 336

label = s::Vansco Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 337

label = s::Dart Container:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 338

label = s::Livingston:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 339

label = s::Alfa Laval LKM:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 340

label = s::BF ENTRON Ltd. (British Federal):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 341

label = s::Bekaert Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 342

label = s::Ferran Scientific:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 343

label = s::KEBA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 344

label = s::Endress+Hauser:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 345
sig   = industrial enip vendor 1182

label = s::Berger Lahr:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 348

label = s::Federal Signal:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 350

label = s::Kawasaki Robotics (USA):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 351

label = s::Bently Nevada:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 352

label = s::FRABA Posital:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 354

label = s::Elsag Bailey:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 355

label = s::Fanuc Robotics America:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 356

label = s::Surface Combustion:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 358

label = s::AILES Electronics Ind.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 360

label = s::Wonderware:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 361

label = s::Particle Measuring Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 362

label = s::BITS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 365

label = s::Japan Aviation Electronics Industry:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 366

label = s::Keyence:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 367

label = s::Kuroda Precision Industries:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 368

label = s::Nippon Seisen Cable:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 370

label = s::Seiko Seiki:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 372

label = s::Sumitomo Heavy Industries:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 373

label = s::Tango Computer Service:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 374

label = s::Technology Service:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 375

label = s::Toshiba Information Systems (Japan):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 376

label = s::Toshiba Schneider Inverter:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 377

label = s::Toyooki Kogyo:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 378

label = s::XEBEC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 379

label = s::Madison Cable:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 380

label = s::Hitati Engineering & Services:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 381

label = s::TEM-TECH Lab:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 382

label = s::International Laboratory:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 383

label = s::Dyadic Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 384

label = s::SETO Electronics Industry:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 385

label = s::Tokyo Electron Kyushu:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 386

label = s::KEI System:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 387

label = s::Asahi Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 389

label = s::Contrex:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 390

label = s::Paradigm Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 391

label = s::Ohm Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 393

label = s::RKC Instrument:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 394

label = s::Suzuki Motor:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 395

label = s::Custom Servo Motors:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 396

label = s::PACE Control Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 397

label = s::LINTEC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 400

label = s::Hitachi Cable:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 401

label = s::BUSWARE Direct:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 402

label = s::Eaton Electric B.V. (former Holec Holland N.V.):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 403

label = s::VAT Vacuum Valves:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 404

label = s::Omron Robotics and Safety Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 405

label = s::Alfa Instrumentos Eletronicos Ltda:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 406

label = s::TWK Elektronik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 407

label = s::BYSTRONIC Maschinen:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 409

label = s::Kimura Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 410

label = s::Nissei Plastic Industrial:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 411

label = s::Kistler-Morse:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 413

label = s::Proteus Industries:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 414

label = s::IDC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 415

label = s::Nordson:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 416

label = s::Rapistan Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 417

label = s::LP-Elektronik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 418

label = s::GERBI & FASE S.p.A.(Fase Saldatura):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 419

label = s::Phoenix Digital:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 420

label = s::Z-World Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 421

label = s::Honda R&D:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 422

label = s::Bionics Instrument:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 423

label = s::Teknic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 424

label = s::R. Stahl:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 425

label = s::Ryco Graphic Manufacturing:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 427

label = s::Giddings & Lewis:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 428

label = s::Koganei:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 429

label = s::Nichigoh Communication Electric Wire:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 431

label = s::Fujikura:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 433

label = s::AD Link Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 434

label = s::StoneL:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 435

label = s::Computer Optical Products:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 436

label = s::CONOS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 437

label = s::Erhardt + Leimer:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 438

label = s::UNIQUE:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 439

label = s::Roboticsware:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 440

label = s::Nachi Fujikoshi:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 441

label = s::Hengstler:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 442

label = s::SUNNY GIKEN:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 444

label = s::Lenze Drive Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 445

label = s::CD Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 446

label = s::FMT/Aircraft Gate Support Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 447

label = s::Axiomatic Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 448

label = s::Embedded System Products:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 449

label = s::Mencom:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 451

label = s::Panasonic Connect:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 453

label = s::Dengensha Mfg.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 454

label = s::Quinn Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 455

label = s::Tellima Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 456

label = s::MDT, Software:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 457

label = s::Taiwan Keiso:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 458

label = s::Pinnacle Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 459

label = s::Ascom Hasler Mailing Sys:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 460

label = s::INSTRUMAR:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 461

label = s::Navistar International Transportation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 463

label = s::TRUMPF Huettinger:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 464

label = s::OCM Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 465

label = s::Professional Supply:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 466

label = s::Control Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 467

label = s::Baumer IVO:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 468

label = s::Worcester Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 469

label = s::Pyramid Technical Consultants:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 470

label = s::Apollo Fire Detectors:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 472

label = s::Avtron Manufacturing:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 473

label = s::Tokyo Keiso:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 475

label = s::Daishowa Swiki:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 476

label = s::Kojima Instruments:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 477

label = s::Shimadzu:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 478

label = s::Tatsuta Electric Wire & Cable:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 479

label = s::MECS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 480

label = s::Tahara Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 481

label = s::JTEKT Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 482

label = s::Clever Devices:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 483

label = s::GCD Hardware & Software:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 484

label = s::Miller Electric Mfg:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 486

label = s::GEA Tuchenhagen:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 487

label = s::Riken Keiki:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 488

label = s::Keisokugiken:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 489

label = s::Fuji Machine Mfg.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 490

label = s::Nidec-Shimpo:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 492

label = s::UTEC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 493

label = s::Sanyo Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 494

label = s::Okano Electric Wire:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 497

label = s::Shimaden:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 498

label = s::Teddington Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 499

label = s::VIPA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 501

label = s::Warwick Manufacturing Group:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 502

label = s::Danaher Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 503

label = s::American Science & Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 506

label = s::Accutron Controls International:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 507

label = s::Norcott Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 508

label = s::TB Woods:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 509

label = s::Proportion-Air:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 510

label = s::SICK Stegmann:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 511
sig   = industrial enip vendor 771

label = s::Edwards Signaling:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 513

label = s::Sumitomo Metal Industries:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 514

label = s::Cosmo Instruments:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 515

label = s::Denshosha:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 516

label = s::Kaijo:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 517

label = s::Michiproducts:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 518

label = s::Miura:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 519

label = s::TG Information Network:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 520

label = s::Fujikin:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 521

label = s::Estic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 522

label = s::GS Hydraulic Sales:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 523

label = s::MTE:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 525

label = s::Hyde Park Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 526

label = s::Pfeiffer Vacuum:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 527
sig   = industrial enip vendor 694

label = s::Cyberlogic Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 528

label = s::OKUMA Corporation FA Systems Division:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 529

label = s::Kokusai Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 531

label = s::SHINKO TECHNOS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 532

label = s::Itoh Denki:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 533

label = s::Colorado Flow Tech:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 534

label = s::Love Controls Division/Dwyer Inst.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 535

label = s::Alstom Drives and Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 536

label = s::The Foxboro Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 537

label = s::Tescom:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 538

label = s::Atlas Copco Airpower:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 540

label = s::Autojet Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 542

label = s::Prima Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 543

label = s::PMA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 544

label = s::Shimafuji Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 545

label = s::OKI:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 546

label = s::Kyushu Matsushita Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 547

label = s::JMACS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 548

label = s::Tsuken Electric Ind:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 549

label = s::Tamadic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 550

label = s::MAATEL:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 551

label = s::OKUMA America:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 552

label = s::Control Techniques PLC-NA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 553

label = s::TPC Wire & Cable:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 554

label = s::ATI Industrial Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 555

label = s::Microcontrol (Australia):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 556

label = s::Serra Soldadura:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 557

label = s::Southwest Research Institute:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 558

label = s::Cabinplant International:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 559

label = s::Minebea Intec:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 560

label = s::Comau:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 561

label = s::Phoenix Contact:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 562

label = s::Yokogawa MAT:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 563

label = s::asahi sangyo:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 564

label = s::Akita Myotoku:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 566

label = s::OBARA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 567

label = s::Suetron Electronic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 568

label = s::Serck Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 570

label = s::Fairchild Industrial Products Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 571

label = s::ARO:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 572

label = s::M2C:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 573

label = s::Shin Caterpillar Mitsubishi:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 574

label = s::Cosmotechs:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 576

label = s::Hitachi Electric Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 577

label = s::Smartscan:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 578

label = s::Woodhead Software & Electronics France:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 579

label = s::Athena Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 580

label = s::Syron Engineering & Manufacturing:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 581

label = s::Asahi Optical:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 582

label = s::Sansha Electric Mfg.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 583

label = s::Nikki Denso:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 584

label = s::Star Micronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 585

label = s::Ecotecnia Socirtat:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 586

label = s::Lenze:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 587

label = s::West Instruments:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 588

label = s::LinMot:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 589

label = s::Delta Computer Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 590

label = s::FANUC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 591

label = s::Hearn-Gu Lee:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 592

label = s::Orion Machinery:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 594

label = s::Wire-Pro:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 596

label = s::Beijing Huakong Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 597

label = s::Yokoyama Shokai:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 598

label = s::Toyogiken:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 599

label = s::Coester Equipamentos Eletronicos Ltda.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 600

label = s::Electroplating Engineers of Japan:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 602

label = s::ROBOX:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 603

label = s::Spraying Systems Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 604

label = s::Benshaw:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 605

label = s::ZPA-DP:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 606

label = s::Wired Rite Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 607

label = s::Tandis Research:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 608

label = s::SSD Drives:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 609

label = s::ULVAC Japan:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 610

label = s::DYNAX:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 611

label = s::Nor-Cal Products:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 612

label = s::Aros Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 613

label = s::Jun-Tech:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 614

label = s::HAN-MI:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 615

label = s::uniNtech:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 616

label = s::Hae Pyung Electronics Reserch Institute:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 617

label = s::Milwaukee Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 618

label = s::OBERG Industries:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 619

label = s::Parker Hannifin/Compumotor Division:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 620

label = s::TECHNO DIGITAL:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 621

label = s::Network Supply:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 622

label = s::Union Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 623

label = s::Tritronics Services PM:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 624

label = s::Rockwell Automation-Sprecher+Schuh:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 625

label = s::Panasonic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 626

label = s::Rolls-Royce Energy Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 627

label = s::JEONGIL INTERCOM:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 628

label = s::Interroll:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 629

label = s::Hubbell Wiring Device-Kellems (Delaware):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 630

label = s::Intelligent Motion Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 631

label = s::INFICON:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 633

label = s::Hirschmann:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 634

label = s::The Siemon Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 635

label = s::YAMAHA Motor:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 636

label = s::aska:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 637

label = s::Woodhead Connectivity:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 638

label = s::Trimble:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 639

label = s::Murrelektronik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 640

label = s::Creatrix Labs:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 641

label = s::TopWorx:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 642

label = s::Kumho Industrial:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 643

label = s::Wind River Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 644

label = s::Bihl+Wiedemann:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 645

label = s::Harmonic Drive Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 646

label = s::Rikei:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 647

label = s::BL Autotec:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 648

label = s::Hana Information & Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 649

label = s::Seoil Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 650

label = s::Fife:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 651

label = s::Shanghai Electrical Apparatus Research Institute:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 652

label = s::Parasense Development Centre:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 654

label = s::Six Tau:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 657

label = s::Aucos:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 658

label = s::Rotork Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 659

label = s::Automationdirect.com:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 660

label = s::Thermo BLH:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 661

label = s::System Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 662

label = s::Univer:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 663

label = s::MKS-Tenta Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 664

label = s::Lika Electronic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 665

label = s::Mettler-Toledo:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 666

label = s::DXL USA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 667

label = s::Nippon Otis Elevator Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 669

label = s::Sinano Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 670

label = s::Contec:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 673

label = s::Automated Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 674

label = s::Controlweigh:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 675

label = s::Fincor Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 677

label = s::Cognex:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 678

label = s::Qualiflow:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 679

label = s::Weidmuller:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 680

label = s::Morinaga Milk Industry:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 681

label = s::Takagi Industrial:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 682

label = s::Wittenstein:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 683

label = s::Sena Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 684

label = s::SPX Flow Technology Germany:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 686

label = s::Creator Teknisk Utvedkling:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 687

label = s::Mibu Denki Industrial:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 689

label = s::Takamastsu Machineer Section:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 690

label = s::Littelfuse:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 691
sig   = industrial enip vendor 1145

label = s::Holjeron:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 693

label = s::Taesan LCD:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 695

label = s::POSCON:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 696

label = s::VMIC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 697

label = s::Matsushita Electric Works:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 698

label = s::IAI:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 699

label = s::Horst:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 700

label = s::MicroControl:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 701

label = s::Leine & Linde:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 702

label = s::EC Elettronica:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 704

label = s::VIT Software HB:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 705

label = s::Bronkhorst High-Tech:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 706

label = s::Optex:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 707

label = s::Yosio Electronic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 708

label = s::Terasaki Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 709

label = s::Sodick:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 710

label = s::MTS Systems Corporation-Automation Division:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 711

label = s::Mesa Systemtechnik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 712

label = s::Shinho System:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 713
sig   = industrial enip vendor 1026

label = s::Goyo Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 714

label = s::Loreme:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 715

label = s::SAB Brockskes:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 716

label = s::Trumpf Laser GmbH +:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 717

label = s::Niigata Electronic Instruments:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 718

label = s::Yokogawa Digital Computer:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 719

label = s::O.N. Electronic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 720

label = s::Industrial Control Communication:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 721

label = s::ElectroWave USA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 723

label = s::Industrial Network Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 724

label = s::KDT Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 725

label = s::SEFA Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 726

label = s::Nippon POP Rivets and Fasteners:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 727

label = s::Yamato Scale:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 728

label = s::Zener Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 729

label = s::GSE Scale Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 730

label = s::ISAS (Integrated Switchgear & Sys. Pty Ltd):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 731

label = s::Beta LaserMike:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 732

label = s::TOEI Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 733

label = s::Hakko Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 734

label = s::RFID:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 736

label = s::Adwin:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 737

label = s::Osaka Vacuum:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 738

label = s::A-Kyung Motion:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 739

label = s::Camozzi Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 740

label = s::Crevis:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 741

label = s::Rice Lake Weighing Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 742

label = s::Linux Network Services:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 743

label = s::KEB Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 744

label = s::Hagiwara Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 745

label = s::Glass Inc. International:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 746

label = s::DVT:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 748

label = s::Woodward Governor:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 749

label = s::Mosaic Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 750

label = s::Laserline:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 751

label = s::COM-TEC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 752

label = s::Weed Instrument:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 753

label = s::Prof-face European Technology Center:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 754

label = s::Fuji Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 755

label = s::Matsutame:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 756

label = s::Hitachi Via Mechanics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 757

label = s::Dainippon Screen Mfg.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 758

label = s::FLS Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 759

label = s::Technical Marine Service:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 761

label = s::Advanced Automation Associates:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 762

label = s::Baumer Ident:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 763

label = s::Tsubakimoto Chain:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 764

label = s::Furukawa:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 766

label = s::Active Power:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 767

label = s::CSIRO Mining Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 768

label = s::Matrix Integrated Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 769

label = s::Digitronic Automationsanlagen:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 770

label = s::TAE-Antriebstechnik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 772

label = s::Electronic Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 773

label = s::Rocon:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 774

label = s::Dijitized Communications:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 775

label = s::Asahi Organic Chemicals Industry:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 776

label = s::Hodensha:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 777

label = s::HARTING:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 778

label = s::Kuebler:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 779

label = s::Yamatake:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 780

label = s::JEOL:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 781

label = s::Yamatake Industrial Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 782

label = s::HAEHNE Elektronische Messgerate:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 783

label = s::Ci Technologies Pty Ltd (for Pelamos Industries):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 784

label = s::N. SCHLUMBERGER & CIE:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 785

label = s::Teijin Seiki:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 786

label = s::Daikin:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 787

label = s::RyuSyo Industrial:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 788

label = s::SAGINOMIYA SEISAKUSHO:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 789

label = s::Seishin Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 790

label = s::Japan Support System:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 791

label = s::Decsys:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 792

label = s::Metronix Messgerate u. Elektronik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 793

label = s::Vaccon Company:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 795

label = s::Ten X Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 797

label = s::TE Connectivity:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 798

label = s::Delta Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 799

label = s::Denker:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 800

label = s::Autonics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 801

label = s::JFE Electronic Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 802

label = s::Electro-Sensors:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 804

label = s::Digi International:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 805

label = s::Texas Instruments:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 806

label = s::ADTEC Plasma Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 807

label = s::SICK:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 808

label = s::Ethernet Peripherals:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 809

label = s::Animatics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 810

label = s::Process Control:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 812

label = s::SystemV.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 813

label = s::Danaher Motion:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 814

label = s::SHINKAWA Sensor Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 815

label = s::Tesch:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 816

label = s::Trend Controls Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 818

label = s::Guangzhou ZHIYUAN Electronic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 819

label = s::Mykrolis:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 820

label = s::Bethlehem Steel:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 821

label = s::KK ICP:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 822

label = s::Takemoto Denki:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 823

label = s::Montalvo:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 824

label = s::LEONI Special Cables:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 826

label = s::ONO SOKKI:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 828

label = s::RS Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 829

label = s::SHINDENGEN ELECTRIC MFG.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 830

label = s::Origin Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 831

label = s::Quest Technical Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 832

label = s::LS Cable:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 833

label = s::NORD Electronic DRIVESYSTEMS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 834

label = s::Northwire:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 835

label = s::Engel Elektroantriebe:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 836

label = s::The Stanley Works:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 837

label = s::Celesco Transducer Products:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 838

label = s::Chugoku Electric Wire and Cable:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 839

label = s::Kongsberg Simrad:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 840

label = s::Panduit:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 841

label = s::Spellman High Voltage Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 842

label = s::Kokusai Electric Alpha:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 843

label = s::Brooks Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 844

label = s::ANYWIRE:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 845

label = s::Honda Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 846

label = s::REO:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 847

label = s::Heraeus Noblelight Fusion UV:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 848

label = s::ASI Advanced Semiconductor Instruments:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 849

label = s::Datalogic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 850

label = s::SoftPLC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 851

label = s::Dynisco Instruments:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 852

label = s::WEG:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 853

label = s::Tamagawa Seiki:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 855

label = s::Multi Computing:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 856

label = s::RVSI:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 857

label = s::Commercial Timesharing:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 858

label = s::Tennessee Rand Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 859

label = s::Wacogiken:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 860

label = s::Reflex Integration:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 861

label = s::G. Bachmann Electronic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 863

label = s::Entegris:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 864

label = s::Schweitzer Engineering Laboratories:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 865

label = s::ATR Industrie-Elektronik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 866

label = s::PLASMATECH:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 867

label = s::GEMU:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 869

label = s::Alcorn McBride:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 870

label = s::MORI SEIKI:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 871

label = s::NodeTech Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 872

label = s::Emhart Teknologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 873

label = s::Cervis:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 874

label = s::MSA Safety:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 875

label = s::NEDAP Power Supplies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 876

label = s::Nippon Sanso:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 877

label = s::Mitomi Giken:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 878

label = s::PULS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 879

label = s::Japan Control Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 881

label = s::Embedded Systems Korea (Former Zues Emtek Co Ltd.):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 882

label = s::Automa:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 883

label = s::Harms+Wende:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 884

label = s::R. Stahl:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 885

label = s::Microwave Data Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 886

label = s::Bernecker + Rainer Industrie-Elektronik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 887

label = s::Hiprom Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 888

label = s::Nitta:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 890

label = s::Kontron Modular Computers:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 891

label = s::Marlin Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 892

label = s::ELCIS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 893

label = s::Acromag:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 894

label = s::Avery Weigh-Tronix:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 895

label = s::Practicon:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 899

label = s::Schunk:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 900

label = s::MYNAH Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 901

label = s::Defontaine Groupe:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 902

label = s::Emerson Process Management Power & Water Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 903

label = s::F.A. Elec:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 904

label = s::Hottinger Baldwin Messtechnik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 905

label = s::Teledyne DALSA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 906

label = s::London Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 907

label = s::HSD:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 908

label = s::Comtrol:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 909

label = s::TEAM, S.A. (Tecnica Electronica de Automatismo Y Medida):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 910

label = s::Regulateurs Europa:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 911

label = s::Micro Motion:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 914

label = s::Eckelmann:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 915

label = s::Hanyoung Nux:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 916

label = s::CFT Ransburg Japan:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 917

label = s::Kun Hung Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 918

label = s::Brimos wegbebakening:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 919

label = s::NITTO SEIKO:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 920

label = s::Datasensing:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 921

label = s::Yamazaki Machinery Works:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 922

label = s::SCHMIDT Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 923

label = s::Parker Hannifin SpA (SBC Division):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 924

label = s::HIMA Paul Hildebrandt:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 925

label = s::RivaTek:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 926

label = s::Misumi:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 927

label = s::GE Multilin:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 928

label = s::Measurement Computing:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 929

label = s::Jetter:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 930

label = s::Tokyo Electronics Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 931

label = s::Togami Electric Mfg.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 932

label = s::HK Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 933

label = s::CDA Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 934

label = s::Aerotech:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 935

label = s::JVL:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 936

label = s::NovaTech Process Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 937

label = s::Cisco:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 939

label = s::Grid Connect:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 940

label = s::ITW Automotive Finishing:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 941

label = s::HanYang System:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 942

label = s::Taiyo Cable (Dongguan):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 944

label = s::SEREN IPS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 946

label = s::Belden:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 947

label = s::ControlNet International:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 948

label = s::Gefran:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 949

label = s::Jokab Safety:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 950

label = s::SUMITA OPTICAL GLASS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 951

label = s::Biffi Italia:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 952

label = s::Beck IPC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 953

label = s::Copley Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 954

label = s::Fagor Automation S. Coop.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 955

label = s::DARCOM:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 956

label = s::Frick Controls (div. of York International):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 957

label = s::SymCom:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 958

label = s::Infranor:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 959

label = s::Kyosan Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 960

label = s::Varian Vacuum Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 961

label = s::Messung Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 962

label = s::Xantrex Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 963

label = s::StarThis:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 964

label = s::Chiyoda:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 965

label = s::Flowserve:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 966

label = s::Spyder Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 967

label = s::IBA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 968

label = s::SHIMOHIRA ELECTRIC MFG.CO.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 969

label = s::Eaton Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 972

label = s::Switchgear & Instrumentation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 973

label = s::PRE-TECH:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 974

label = s::National Semiconductor:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 975

label = s::Invensys Operations Management:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 976

label = s::Ametek HDR Power Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 977

label = s::TETRA-K:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 979

label = s::C & M:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 980

label = s::Siempelkamp Maschinen:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 981

label = s::Daifuku:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 983

label = s::Electro-Matic Products:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 984

label = s::BUSSAN MICROELECTRONICS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 985

label = s::ELAU:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 986

label = s::Hetronic USA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 987

label = s::NIIGATA POWER SYSTEMS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 988

label = s::Software Horizons:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 989

label = s::B3 Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 990

label = s::Moxa:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 991

label = s::S4 Integration:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 993

label = s::Elettro Stemi:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 994

label = s::AquaSensors:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 995

label = s::Ifak System:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 996

label = s::SANKEI MANUFACTURING:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 997

label = s::Emerson Network Power:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 998

label = s::Fairmount Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 999

label = s::Bird Electronic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1000

label = s::Nabtesco:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1001

label = s::AGM Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1002

label = s::ARCX:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1003

label = s::DELTA I/O:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1004

label = s::Chun IL Electric Ind.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1005

label = s::N-Tron:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1006

label = s::Nippon Pneumatics/Fludics System:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1007

label = s::DDK:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1008

label = s::Epson:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1009

label = s::Halstrup-Walcher:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1010

label = s::ITT:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1011

label = s::Ground Fault Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1012

label = s::Scolari Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1013

label = s::Vialis Traffic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1014

label = s::Weidmueller Group:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1015

label = s::Shanghai Sibotech Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1016

label = s::AEG Power Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1017

label = s::Komatsu Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1018

label = s::Souriau:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1019

label = s::Baumuller Chicago:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1020

label = s::J. Schmalz:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1021

label = s::SEN:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1022

label = s::Korenix Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1023

label = s::Cooper Power Tools:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1024

label = s::INNOBIS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1025

label = s::Xm Services:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1027

label = s::KVC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1028

label = s::Sanyu Seiki:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1029

label = s::TuxPLC:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1030

label = s::Northern Network Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1031

label = s::Converteam:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1032

label = s::Symbol:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1033

label = s::S-TEAM Lab:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1034

label = s::Maguire Products:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1035

label = s::AC&T:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1036

label = s::Hurletron:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1038

label = s::Chunichi Denshi:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1039

label = s::Cardinal Scale Mfg.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1040

label = s::METZ CONNECT USA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1041

label = s::Base2:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1042

label = s::ASRC Aerospace:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1043

label = s::Beijing Stone Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1044

label = s::Changshu Switchgear Manufacture:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1045

label = s::METRONIX:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1046

label = s::WIT:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1047

label = s::ORMEC Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1048

label = s::ASATech (China):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1049

label = s::Controlled Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1050

label = s::Mitsubishi Heavy Ind. Digital System Co., Ltd. (M.H.I.):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1051

label = s::Electrogrip:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1052

label = s::TDS Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1053

label = s::T&C Power Conversion:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1054

label = s::Robostar:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1055

label = s::Scancon:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1056

label = s::Haas Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1057

label = s::Eshed Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1058

label = s::Delta Electronic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1059

label = s::Innovasic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1060

label = s::SoftDEL:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1061

label = s::FiberFin:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1062

label = s::Nicollet Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1063

label = s::B.F. Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1064

label = s::Empire Wire and Supply:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1065

label = s::Elmo Motion Control:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1067

label = s::Asahi Keiki:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1069

label = s::Joy Mining Machinery:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1070

label = s::MPM Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1071

label = s::Wolke Inks & Printers:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1072

label = s::COMET:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1074

label = s::Real Time Objects & Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1075

label = s::MISCO Refractometer:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1076

label = s::JT Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1077

label = s::Automated Packing Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1078

label = s::Niobrara R&D:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1079

label = s::Garmin:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1080

label = s::Japan Mobile Platform:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1081

label = s::Advosol:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1082

label = s::Sciemetric Instruments:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1084

label = s::Tata Elxsi:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1085

label = s::Mechatronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1086

label = s::Cooper Bussmann:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1087

label = s::Trinite Automatisering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1088

label = s::Peek Traffic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1089

label = s::Acrison:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1090

label = s::Applied Robotics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1091

label = s::FireBus:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1092

label = s::Sevenstar:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1093

label = s::Magnetek:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1094

label = s::Microscan:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1095

label = s::Air Water:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1096

label = s::Sensopart Industriesensorik:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1097

label = s::Tiefenbach Control Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1098

label = s::INOXPA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1099

label = s::Zurich University of Applied Sciences:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1100

label = s::Ethernet Direct:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1101

label = s::GSI-Micro-E Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1102

label = s::S-Net Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1103

label = s::Power Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1104

label = s::Renesas Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1105

label = s::NSWCCD-SSES:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1106

label = s::Porter Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1107

label = s::Meggitt Airdynamics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1108

label = s::Inductive Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1109

label = s::Neural ID:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1110

label = s::EEPod:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1111

label = s::Hitachi Industrial Equipment Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1112

label = s::Salem Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1113

label = s::port:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1114

label = s::B & PLUS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1115

label = s::Graco:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1116

label = s::Altera:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1117

label = s::Technology Brewing:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1118

label = s::CSE Servelec:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1121

label = s::Fluke Networks:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1124

label = s::Tetra Pak Packaging Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1125

label = s::Racine Federated:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1126

label = s::Pureron Japan:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1127

label = s::Brother:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1130

label = s::Leroy Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1132

label = s::THK:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1134

label = s::TR-Electronic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1137

label = s::ASCON:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1138

label = s::Toledo do Brasil Industria de Balancas Ltda.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1139

label = s::Caterpillar Global Mining Europe:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1140

label = s::Emerson Process Management Valve Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1141

label = s::Alstom Transport:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1142

label = s::Matrox Electronic Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1144

label = s::PLASMART:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1146

label = s::Miyachi:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1147

label = s::Promess:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1150

label = s::COPA-DATA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1151

label = s::Precision Engine Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1152

label = s::Alga Automacao e controle LTDA:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1153

label = s::Lapp Group:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1154

label = s::ICES:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1155

label = s::Philips Lighting:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1156

label = s::Aseptomag:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1157

label = s::ARC Informatique:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1158

label = s::Hesmor:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1159

label = s::Kobe Steel:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1160

label = s::FLIR Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1161

label = s::Xcelgo:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1162

label = s::STRATON AUTOMATION:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1163

label = s::Zypcom:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1164

label = s::Swagelok:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1165

label = s::Elspec:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1166

label = s::ITT Water & Wastewater:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1167

label = s::Kunbus GmbH Industrial Communication:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1168

label = s::Performance Controls:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1170

label = s::ACS Motion Control:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1171

label = s::IStar Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1173

label = s::Alicat Scientific:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1174

label = s::ADFweb.com:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1176

label = s::Tata Consultancy Services:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1177

label = s::CXR:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1178

label = s::Vishay Nobel:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1179

label = s::SolaHD:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1181

label = s::Bartec:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1183

label = s::AccuSentry:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1185

label = s::Exlar:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1186

label = s::ILS Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1187

label = s::Control Concepts:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1188

label = s::Procon Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1190

label = s::Hermary:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1191

label = s::Q-Lambda:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1192

label = s::VAMP:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1194

label = s::FlexLink:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1195

label = s::Office FA.com:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1196

label = s::SPMC (Changzhou):::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1197

label = s::Anton Paar:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1198

label = s::Zhuzhou CSR Times Electric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1199

label = s::DeStaCo:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1200

label = s::Synrad:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1201

label = s::Bonfiglioli Vectron:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1202

label = s::Pivotal Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1203

label = s::TKSCT:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1204

label = s::Randy Nuernberger:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1205

label = s::CENTRALP:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1206

label = s::Tengen Group:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1207

label = s::OES:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1208

label = s::Actel:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1209

label = s::Monaghan Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1210

label = s::wenglor sensoric:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1211

label = s::HSA Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1212

label = s::MKP:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1213

label = s::Tappan Wire and Cable:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1214

label = s::Heinzmann:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1215

label = s::Process Automation International:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1216

label = s::Secure Crossing:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1217

label = s::SMA Railway Technology:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1218

label = s::FMS Force Measuring Systems:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1219

label = s::ABT Endustri Enerji Sistemleri Sanayi Tic. Ltd. Sti.:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1220

label = s::MagneMotion:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1221

label = s::STS:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1222

label = s::Knorr-Bremse Espana - Merak Division:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1223

label = s::ABOUNDI:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1224

label = s::Rosemount:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1225

label = s::GEA FES:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1226

label = s::TMG Technologie und Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1227

label = s::embeX:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1228

label = s::GH Electrotermia:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1229

label = s::Tolomatic:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1230

label = s::Dukane:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1231

label = s::Elco (Tian Jin) Electronics:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1232

label = s::Jacobs Automation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1233

label = s::Noda Radio Frequency Technologies:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1234

label = s::MSC Tuttlingen:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1235

label = s::Hitachi Cable Manchester:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1236

label = s::ACOREL:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1237

label = s::Global Engineering Solutions:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1238

label = s::ALTE Transportation:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1239

label = s::Penko Engineering:::
; source: pycomm3 1.2.16 (MIT); high
sig   = industrial enip vendor 1240
