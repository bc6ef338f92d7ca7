; Makers of network cards, by the first 24 bits of a MAC, for makers whose cards are in one kind of device, in things of
; theirs alone, or in radio modules. Read from IEEE's registry MA-L of August 2022 as facts about these makers; it is no
; copy of the registry.

classes = win,unix,other

[device]

; Single kinds of devices: the maker sells no other network devices.

label = g:camera:Hikvision:::
; source: IEEE, registry MA-L; low
sig   = mac 04:03:12:*
sig   = mac 08:54:11:*
sig   = mac 08:a1:89:*
sig   = mac 10:12:fb:*
sig   = mac 18:68:cb:*
sig   = mac 24:0f:9b:*
sig   = mac 24:28:fd:*
sig   = mac 24:32:ae:*
sig   = mac 28:57:be:*
sig   = mac 2c:a5:9c:*
sig   = mac 3c:1b:f8:*
sig   = mac 40:ac:bf:*
sig   = mac 44:19:b6:*
sig   = mac 44:47:cc:*
sig   = mac 44:a6:42:*
sig   = mac 4c:bd:8f:*
sig   = mac 4c:f5:dc:*
sig   = mac 54:c4:15:*
sig   = mac 58:03:fb:*
sig   = mac 58:50:ed:*
sig   = mac 64:db:8b:*
sig   = mac 68:6d:bc:*
sig   = mac 80:be:af:*
sig   = mac 84:9a:40:*
sig   = mac 8c:e7:48:*
sig   = mac 94:e1:ac:*
sig   = mac 98:8b:0a:*
sig   = mac 98:9d:e5:*
sig   = mac 98:df:82:*
sig   = mac 98:f1:12:*
sig   = mac a0:ff:0c:*
sig   = mac a4:14:37:*
sig   = mac ac:b9:2f:*
sig   = mac ac:cb:51:*
sig   = mac b4:a3:82:*
sig   = mac bc:5e:33:*
sig   = mac bc:9b:5e:*
sig   = mac bc:ad:28:*
sig   = mac bc:ba:c2:*
sig   = mac c0:51:7e:*
sig   = mac c0:56:e3:*
sig   = mac c0:6d:ed:*
sig   = mac c4:2f:90:*
sig   = mac d4:e8:53:*
sig   = mac e0:ba:ad:*
sig   = mac e0:ca:3c:*
sig   = mac e8:a0:ed:*
sig   = mac ec:c8:9c:*
sig   = mac f8:4d:fc:*
sig   = mac fc:9f:fd:*

label = g:camera:Dahua:::
; source: IEEE, registry MA-L; low
sig   = mac 08:ed:ed:*
sig   = mac 14:a7:8b:*
sig   = mac 24:52:6a:*
sig   = mac 38:af:29:*
sig   = mac 3c:e3:6b:*
sig   = mac 3c:ef:8c:*
sig   = mac 4c:11:bf:*
sig   = mac 5c:f5:1a:*
sig   = mac 6c:1c:71:*
sig   = mac 74:c9:29:*
sig   = mac 8c:e9:b4:*
sig   = mac 90:02:a9:*
sig   = mac 9c:14:63:*
sig   = mac a0:bd:1d:*
sig   = mac b4:4c:3b:*
sig   = mac bc:32:5f:*
sig   = mac c0:39:5a:*
sig   = mac c4:aa:c4:*
sig   = mac d4:43:0e:*
sig   = mac e0:50:8b:*
sig   = mac e4:24:6c:*
sig   = mac f4:b1:c2:*
sig   = mac fc:5f:49:*
sig   = mac fc:b6:9d:*

label = g:camera:Axis:::
; source: IEEE, registry MA-L; low
sig   = mac 00:40:8c:*
sig   = mac ac:cc:8e:*
sig   = mac b8:a4:4f:*

label = g:camera:Vivotek:::
; source: IEEE, registry MA-L; low
sig   = mac 00:02:d1:*

label = g:camera:Reolink:::
; source: IEEE, registry MA-L; low
sig   = mac ec:71:db:*

label = g:camera:Uniview:::
; source: IEEE, registry MA-L; low
sig   = mac 48:ea:63:*
sig   = mac 6c:f1:7e:*
sig   = mac c4:79:05:*

label = g:camera:Hanwha:::
; source: IEEE, registry MA-L; low
sig   = mac e4:30:22:*

label = g:camera:Mobotix:::
; source: IEEE, registry MA-L; low
sig   = mac 00:03:c5:*

label = g:camera:Wyze:::
; source: IEEE, registry MA-L; low
sig   = mac 2c:aa:8e:*
sig   = mac 7c:78:b2:*
sig   = mac d0:3f:27:*

label = g:camera:Arlo:::
; source: IEEE, registry MA-L; low
sig   = mac a4:11:62:*
sig   = mac fc:9c:98:*

label = g:voip-phone:Yealink:::
; source: IEEE, registry MA-L; low
sig   = mac 00:15:65:*
sig   = mac 24:9a:d8:*
sig   = mac 80:5e:0c:*
sig   = mac 80:5e:c0:*

label = g:voip-phone:snom:::
; source: IEEE, registry MA-L; low
sig   = mac 00:04:13:*

label = g:voip-phone:Grandstream:::
; source: IEEE, registry MA-L; low
sig   = mac 00:0b:82:*
sig   = mac c0:74:ad:*
sig   = mac ec:74:d7:*

label = g:voip-phone:Poly:::
; source: IEEE, registry MA-L; low
sig   = mac 00:04:f2:*
sig   = mac 64:16:7f:*

label = g:voip-phone:Fanvil:::
; source: IEEE, registry MA-L; low
sig   = mac 0c:38:3e:*

label = g:voip-phone:Aastra:::
; source: IEEE, registry MA-L; low
sig   = mac 00:10:bc:*

label = g:printer:Brother:::
; source: IEEE, registry MA-L; low
sig   = mac 00:1b:a9:*
sig   = mac 00:80:77:*
sig   = mac 30:05:5c:*
sig   = mac 3c:2a:f4:*
sig   = mac b4:22:00:*

label = g:printer:Kyocera:::
; source: IEEE, registry MA-L; low
sig   = mac 00:17:c8:*
sig   = mac 00:c0:ee:*
sig   = mac 34:a8:43:*
sig   = mac d4:f0:c9:*

label = g:printer:Lexmark:::
; source: IEEE, registry MA-L; low
sig   = mac 00:04:00:*
sig   = mac 00:20:00:*
sig   = mac 00:21:b7:*
sig   = mac 00:84:ed:*
sig   = mac 78:8c:77:*

label = g:printer:Epson:::
; source: IEEE, registry MA-L; low
sig   = mac 00:00:48:*
sig   = mac 00:26:ab:*
sig   = mac 38:1a:52:*
sig   = mac 38:9d:92:*
sig   = mac 44:d2:44:*
sig   = mac 50:57:9c:*
sig   = mac 64:eb:8c:*
sig   = mac 9c:ae:d3:*
sig   = mac a4:d7:3c:*
sig   = mac a4:ee:57:*
sig   = mac ac:18:26:*
sig   = mac b0:e8:92:*
sig   = mac dc:cd:2f:*
sig   = mac e0:bb:9e:*
sig   = mac f8:25:51:*
sig   = mac f8:d0:27:*

label = g::Zebra:::
; source: IEEE, registry MA-L; low
sig   = mac 00:05:12:*
sig   = mac 00:07:4d:*
sig   = mac 00:15:70:*
sig   = mac 00:23:68:*
sig   = mac 00:a0:f8:*
sig   = mac 40:83:de:*
sig   = mac 74:93:a4:*
sig   = mac 78:b8:d6:*
sig   = mac 84:24:8d:*
sig   = mac 94:fb:29:*
sig   = mac c4:7d:cc:*
sig   = mac c8:1c:fe:*

label = g:printer:Xerox:::
; source: IEEE, registry MA-L; low
sig   = mac 00:00:01:*
sig   = mac 00:00:02:*
sig   = mac 00:00:03:*
sig   = mac 00:00:04:*
sig   = mac 00:00:05:*
sig   = mac 00:00:06:*
sig   = mac 00:00:07:*
sig   = mac 00:00:08:*
sig   = mac 9c:93:4e:*
sig   = mac e8:4d:ec:*

label = g:printer:OKI:::
; source: IEEE, registry MA-L; low
sig   = mac 00:11:57:*
sig   = mac 00:25:36:*
sig   = mac 00:80:87:*
sig   = mac 2c:ff:65:*

label = g:printer:Ricoh:::
; source: IEEE, registry MA-L; low
sig   = mac 00:00:74:*
sig   = mac 00:26:73:*
sig   = mac 58:38:79:*

label = g:printer:Konica Minolta:::
; source: IEEE, registry MA-L; low
sig   = mac 00:20:6b:*
sig   = mac 00:50:aa:*

label = g:plc:Rockwell Automation:::
; source: IEEE, registry MA-L; low
sig   = mac 00:00:bc:*
sig   = mac 00:1d:9c:*
sig   = mac 08:61:95:*
sig   = mac 18:4c:08:*
sig   = mac 34:c0:f9:*
sig   = mac 40:41:01:*
sig   = mac 5c:21:67:*
sig   = mac 5c:88:16:*
sig   = mac 68:c8:eb:*
sig   = mac e4:90:69:*
sig   = mac f4:54:33:*

label = g:plc:WAGO:::
; source: IEEE, registry MA-L; low
sig   = mac 00:30:de:*

label = g:plc:Phoenix Contact:::
; source: IEEE, registry MA-L; low
sig   = mac 00:a0:45:*
sig   = mac a8:74:1d:*

label = g:plc:Saia-Burgess:::
; source: IEEE, registry MA-L; low
sig   = mac 7c:16:0d:*

label = g:speaker:Sonos:::
; source: IEEE, registry MA-L; low
sig   = mac 00:0e:58:*
sig   = mac 34:7e:5c:*
sig   = mac 38:42:0b:*
sig   = mac 48:a6:b8:*
sig   = mac 54:2a:1b:*
sig   = mac 5c:aa:fd:*
sig   = mac 78:28:ca:*
sig   = mac 94:9f:3e:*
sig   = mac b8:e9:37:*
sig   = mac c4:38:75:*
sig   = mac f0:f6:c1:*

label = g:media-player:Roku:::
; source: IEEE, registry MA-L; low
sig   = mac 00:0d:4b:*
sig   = mac 08:05:81:*
sig   = mac 10:59:32:*
sig   = mac 20:ef:bd:*
sig   = mac 7c:67:ab:*
sig   = mac 84:ea:ed:*
sig   = mac 88:de:a9:*
sig   = mac 8c:49:62:*
sig   = mac a8:b5:7c:*
sig   = mac ac:3a:7a:*
sig   = mac ac:ae:19:*
sig   = mac b0:a7:37:*
sig   = mac b0:ee:7b:*
sig   = mac b8:3e:59:*
sig   = mac b8:a1:75:*
sig   = mac bc:d7:d4:*
sig   = mac c8:3a:6b:*
sig   = mac cc:6d:a0:*
sig   = mac d0:4d:2c:*
sig   = mac d4:e2:2f:*
sig   = mac d8:31:34:*
sig   = mac dc:3a:5e:*

label = g:console:Nintendo:::
; source: IEEE, registry MA-L; low
sig   = mac 00:09:bf:*
sig   = mac 00:16:56:*
sig   = mac 00:17:ab:*
sig   = mac 00:19:1d:*
sig   = mac 00:19:fd:*
sig   = mac 00:1a:e9:*
sig   = mac 00:1b:7a:*
sig   = mac 00:1b:ea:*
sig   = mac 00:1c:be:*
sig   = mac 00:1d:bc:*
sig   = mac 00:1e:35:*
sig   = mac 00:1e:a9:*
sig   = mac 00:1f:32:*
sig   = mac 00:1f:c5:*
sig   = mac 00:21:47:*
sig   = mac 00:21:bd:*
sig   = mac 00:22:4c:*
sig   = mac 00:22:aa:*
sig   = mac 00:22:d7:*
sig   = mac 00:23:31:*
sig   = mac 00:23:cc:*
sig   = mac 00:24:1e:*
sig   = mac 00:24:44:*
sig   = mac 00:24:f3:*
sig   = mac 00:25:a0:*
sig   = mac 00:26:59:*
sig   = mac 00:27:09:*
sig   = mac 04:03:d6:*
sig   = mac 18:2a:7b:*
sig   = mac 1c:45:86:*
sig   = mac 20:0b:cf:*
sig   = mac 2c:10:c1:*
sig   = mac 34:2f:bd:*
sig   = mac 34:af:2c:*
sig   = mac 40:d2:8a:*
sig   = mac 40:f4:07:*
sig   = mac 48:a5:e7:*
sig   = mac 58:2f:40:*
sig   = mac 58:b0:3e:*
sig   = mac 58:bd:a3:*
sig   = mac 5c:0c:e6:*
sig   = mac 5c:52:1e:*
sig   = mac 60:6b:ff:*
sig   = mac 64:b5:c6:*
sig   = mac 70:2c:09:*
sig   = mac 70:48:f7:*
sig   = mac 70:f0:88:*
sig   = mac 74:84:69:*
sig   = mac 74:f9:ca:*
sig   = mac 78:20:a5:*
sig   = mac 78:a2:a0:*
sig   = mac 7c:bb:8a:*
sig   = mac 80:d2:e5:*
sig   = mac 8c:56:c5:*
sig   = mac 8c:cd:e8:*
sig   = mac 94:58:cb:*
sig   = mac 98:41:5c:*
sig   = mac 98:b6:e9:*
sig   = mac 98:e8:fa:*
sig   = mac 9c:e6:35:*
sig   = mac a4:38:cc:*
sig   = mac a4:5c:27:*
sig   = mac a4:c0:e1:*
sig   = mac b8:78:26:*
sig   = mac b8:8a:ec:*
sig   = mac b8:ae:6e:*
sig   = mac bc:9e:bb:*
sig   = mac bc:ce:25:*
sig   = mac cc:5b:31:*
sig   = mac cc:9e:00:*
sig   = mac cc:fb:65:*
sig   = mac d0:55:09:*
sig   = mac d4:f0:57:*
sig   = mac d8:6b:f7:*
sig   = mac dc:68:eb:*
sig   = mac e0:0c:7f:*
sig   = mac e0:e7:51:*
sig   = mac e0:f6:b5:*
sig   = mac e8:4e:ce:*
sig   = mac e8:a0:cd:*
sig   = mac e8:da:20:*
sig   = mac ec:c4:0d:*

label = g:console:Sony:::
; source: IEEE, registry MA-L; low
sig   = mac 00:04:1f:*
sig   = mac 00:13:15:*
sig   = mac 00:15:c1:*
sig   = mac 00:19:c5:*
sig   = mac 00:1d:0d:*
sig   = mac 00:1f:a7:*
sig   = mac 00:24:8d:*
sig   = mac 00:d9:d1:*
sig   = mac 00:e4:21:*
sig   = mac 0c:fe:45:*
sig   = mac 28:0d:fc:*
sig   = mac 2c:9e:00:*
sig   = mac 2c:cc:44:*
sig   = mac 5c:84:3c:*
sig   = mac 5c:96:66:*
sig   = mac 70:66:2a:*
sig   = mac 70:9e:29:*
sig   = mac 78:c8:81:*
sig   = mac 84:e6:57:*
sig   = mac a8:e3:ee:*
sig   = mac bc:33:29:*
sig   = mac bc:60:a7:*
sig   = mac c8:63:f1:*
sig   = mac f8:46:1c:*
sig   = mac f8:d0:ac:*
sig   = mac fc:0f:e6:*

label = g:vacuum:iRobot:::
; source: IEEE, registry MA-L; low
sig   = mac 4c:b9:ea:*
sig   = mac 50:14:79:*

label = g:thermostat:ecobee:::
; source: IEEE, registry MA-L; low
sig   = mac 44:61:32:*

label = g:light:LIFX:::
; source: IEEE, registry MA-L; low
sig   = mac d0:73:d5:*

label = g:light:Nanoleaf:::
; source: IEEE, registry MA-L; low
sig   = mac 80:8a:f7:*

label = g:ups:APC:::
; source: IEEE, registry MA-L; low
sig   = mac 00:c0:b7:*

label = g:router:AVM:::
; source: IEEE, registry MA-L; low
sig   = mac 00:04:0e:*
sig   = mac 00:15:0c:*
sig   = mac 00:1a:4f:*
sig   = mac 00:1c:4a:*
sig   = mac 00:1f:3f:*
sig   = mac 00:24:fe:*
sig   = mac 08:96:d7:*
sig   = mac 1c:ed:6f:*
sig   = mac 24:65:11:*
sig   = mac 2c:3a:fd:*
sig   = mac 2c:91:ab:*
sig   = mac 34:31:c4:*
sig   = mac 34:81:c4:*
sig   = mac 38:10:d5:*
sig   = mac 3c:37:12:*
sig   = mac 3c:a6:2f:*
sig   = mac 44:4e:6d:*
sig   = mac 50:e6:36:*
sig   = mac 5c:49:79:*
sig   = mac 74:42:7f:*
sig   = mac 7c:ff:4d:*
sig   = mac 98:9b:cb:*
sig   = mac 9c:c7:a6:*
sig   = mac b0:f2:08:*
sig   = mac bc:05:43:*
sig   = mac c0:25:06:*
sig   = mac c8:0e:14:*
sig   = mac cc:ce:1e:*
sig   = mac d0:12:cb:*
sig   = mac dc:15:c8:*
sig   = mac dc:39:6f:*
sig   = mac e0:28:6d:*
sig   = mac e8:df:70:*
sig   = mac f0:b0:14:*

label = g:access-point:Ruckus:::
; source: IEEE, registry MA-L; low
sig   = mac 00:13:92:*
sig   = mac 00:1d:2e:*
sig   = mac 00:1f:41:*
sig   = mac 00:22:7f:*
sig   = mac 00:24:82:*
sig   = mac 00:25:c4:*
sig   = mac 04:4f:aa:*
sig   = mac 0c:f4:d5:*
sig   = mac 10:f0:68:*
sig   = mac 18:4b:0d:*
sig   = mac 18:7c:0b:*
sig   = mac 1c:3a:60:*
sig   = mac 1c:b9:c4:*
sig   = mac 20:58:69:*
sig   = mac 24:79:2a:*
sig   = mac 24:c9:a1:*
sig   = mac 28:b3:71:*
sig   = mac 2c:5d:93:*
sig   = mac 2c:c5:d3:*
sig   = mac 2c:e6:cc:*
sig   = mac 30:87:d9:*
sig   = mac 34:15:93:*
sig   = mac 34:20:e3:*
sig   = mac 34:8f:27:*
sig   = mac 34:fa:9f:*
sig   = mac 38:45:3b:*
sig   = mac 38:ff:36:*
sig   = mac 44:1e:98:*
sig   = mac 4c:b1:cd:*
sig   = mac 50:a7:33:*
sig   = mac 54:3d:37:*
sig   = mac 54:ec:2f:*
sig   = mac 58:93:96:*
sig   = mac 58:b6:33:*
sig   = mac 58:fb:96:*
sig   = mac 5c:df:89:*
sig   = mac 60:d0:2c:*
sig   = mac 68:92:34:*
sig   = mac 6c:aa:b3:*
sig   = mac 70:ca:97:*
sig   = mac 74:3e:2b:*
sig   = mac 74:91:1a:*
sig   = mac 80:03:84:*
sig   = mac 80:bc:37:*
sig   = mac 84:18:3a:*
sig   = mac 84:23:88:*
sig   = mac 8c:0c:90:*
sig   = mac 8c:7a:15:*
sig   = mac 8c:fe:74:*
sig   = mac 90:3a:72:*
sig   = mac 94:b3:4f:*
sig   = mac 94:bf:c4:*
sig   = mac 94:f6:65:*
sig   = mac ac:67:06:*
sig   = mac b4:79:c8:*
sig   = mac c0:8a:de:*
sig   = mac c0:c5:20:*
sig   = mac c4:01:7c:*
sig   = mac c4:10:8a:*
sig   = mac c8:03:f5:*
sig   = mac c8:08:73:*
sig   = mac c8:84:8c:*
sig   = mac d4:68:4d:*
sig   = mac d4:bd:4f:*
sig   = mac d4:c1:9e:*
sig   = mac d8:38:fc:*
sig   = mac dc:ae:eb:*
sig   = mac e0:10:7f:*
sig   = mac e8:1d:a8:*
sig   = mac ec:58:ea:*
sig   = mac ec:8c:a2:*
sig   = mac f0:3e:90:*
sig   = mac f0:b0:52:*
sig   = mac f8:e7:1e:*
sig   = mac fc:5c:45:*

label = g:phone:Motorola:::
; source: IEEE, registry MA-L; public captures (2 phones); medium
sig   = mac 00:b8:b6:*
sig   = mac 04:d3:95:*
sig   = mac 08:aa:55:*
sig   = mac 08:cc:27:*
sig   = mac 0c:cb:85:*
sig   = mac 0c:ec:8d:*
sig   = mac 14:1a:a3:*
sig   = mac 14:30:c6:*
sig   = mac 1c:56:fe:*
sig   = mac 20:b8:68:*
sig   = mac 24:46:c8:*
sig   = mac 24:da:9b:*
sig   = mac 30:09:c0:*
sig   = mac 30:4b:07:*
sig   = mac 30:83:d2:*
sig   = mac 34:bb:26:*
sig   = mac 38:80:df:*
sig   = mac 38:e3:9f:*
sig   = mac 40:78:6a:*
sig   = mac 40:88:05:*
sig   = mac 44:1c:7f:*
sig   = mac 44:80:eb:*
sig   = mac 58:d9:c3:*
sig   = mac 5c:51:88:*
sig   = mac 60:1d:91:*
sig   = mac 60:be:b5:*
sig   = mac 64:11:a4:*
sig   = mac 68:87:1c:*
sig   = mac 68:c4:4d:*
sig   = mac 6c:97:6d:*
sig   = mac 80:58:f8:*
sig   = mac 80:6c:1b:*
sig   = mac 84:10:0d:*
sig   = mac 88:79:7e:*
sig   = mac 88:b4:a6:*
sig   = mac 8c:f1:12:*
sig   = mac 90:68:c3:*
sig   = mac 90:73:5a:*
sig   = mac 9c:d9:17:*
sig   = mac a0:46:5a:*
sig   = mac a4:70:d6:*
sig   = mac a8:96:75:*
sig   = mac b0:79:94:*
sig   = mac b8:98:ad:*
sig   = mac bc:1d:89:*
sig   = mac bc:98:df:*
sig   = mac bc:ff:eb:*
sig   = mac c0:6b:55:*
sig   = mac c0:8c:71:*
sig   = mac c8:58:95:*
sig   = mac c8:c7:50:*
sig   = mac cc:0d:f2:*
sig   = mac cc:61:e5:*
sig   = mac cc:c3:ea:*
sig   = mac d0:04:01:*
sig   = mac d0:77:14:*
sig   = mac d4:63:c6:*
sig   = mac d4:c9:4b:*
sig   = mac d8:cf:bf:*
sig   = mac dc:bf:e9:*
sig   = mac e0:75:7d:*
sig   = mac e0:98:61:*
sig   = mac e4:90:7e:*
sig   = mac e8:91:20:*
sig   = mac ec:08:e5:*
sig   = mac ec:88:92:*
sig   = mac f0:d7:aa:*
sig   = mac f4:f1:e1:*
sig   = mac f4:f5:24:*
sig   = mac f8:1f:32:*
sig   = mac f8:cf:c5:*
sig   = mac f8:e0:79:*
sig   = mac f8:f1:b6:*
sig   = mac fc:d4:36:*

label = g:phone:HMD:::
; source: IEEE, registry MA-L; low
sig   = mac 00:5e:0c:*
sig   = mac 04:f1:28:*
sig   = mac 18:4e:03:*
sig   = mac 20:39:56:*
sig   = mac 44:91:7c:*
sig   = mac 4c:6a:f6:*
sig   = mac 4c:d3:af:*
sig   = mac 60:d8:9c:*
sig   = mac 68:dd:d9:*
sig   = mac 6c:a9:28:*
sig   = mac 6c:c4:d5:*
sig   = mac 74:8a:28:*
sig   = mac 88:51:7a:*
sig   = mac 90:a3:65:*
sig   = mac 94:ee:9f:*
sig   = mac a0:28:ed:*
sig   = mac a8:3e:0e:*
sig   = mac a8:cc:6f:*
sig   = mac ac:57:75:*
sig   = mac bc:02:4a:*
sig   = mac c0:10:b1:*
sig   = mac cc:9e:ca:*
sig   = mac e0:29:67:*
sig   = mac ec:42:69:*
sig   = mac f8:ad:cb:*

label = g:phone:OnePlus:::
; source: IEEE, registry MA-L; low
sig   = mac 2c:a7:ef:*
sig   = mac 30:bb:7d:*
sig   = mac 48:01:c5:*
sig   = mac 48:74:12:*
sig   = mac 4c:4f:ee:*
sig   = mac 5c:17:cf:*
sig   = mac 64:a2:f9:*
sig   = mac 8c:64:a2:*
sig   = mac 94:65:2d:*
sig   = mac 98:09:cf:*
sig   = mac a0:91:a2:*
sig   = mac ac:5f:ea:*
sig   = mac ac:d6:18:*
sig   = mac c0:ee:fb:*
sig   = mac d0:49:7c:*
sig   = mac e4:41:22:*

label = g:phone:HTC:::
; source: IEEE, registry MA-L; low
sig   = mac 00:09:2d:*
sig   = mac 00:23:76:*
sig   = mac 00:ee:bd:*
sig   = mac 04:c2:3e:*
sig   = mac 18:87:96:*
sig   = mac 1c:b0:94:*
sig   = mac 2c:8a:72:*
sig   = mac 38:e7:d8:*
sig   = mac 40:4e:36:*
sig   = mac 50:2e:5c:*
sig   = mac 64:a7:69:*
sig   = mac 74:f6:1c:*
sig   = mac 7c:61:93:*
sig   = mac 80:01:84:*
sig   = mac 80:7a:bf:*
sig   = mac 84:7a:88:*
sig   = mac 90:21:55:*
sig   = mac 90:e7:c4:*
sig   = mac 98:0d:2e:*
sig   = mac a0:f4:50:*
sig   = mac a8:26:d9:*
sig   = mac ac:37:43:*
sig   = mac b4:ce:f6:*
sig   = mac bc:cf:cc:*
sig   = mac d4:0b:1a:*
sig   = mac d4:20:6d:*
sig   = mac d8:b3:77:*
sig   = mac e8:99:c4:*
sig   = mac f8:db:7f:*

label = g:phone:Realme:::
; source: IEEE, registry MA-L; low
sig   = mac 0c:90:43:*
sig   = mac 10:82:d7:*
sig   = mac 10:f6:05:*
sig   = mac 1c:d1:07:*
sig   = mac 20:cd:6e:*
sig   = mac 40:44:fd:*
sig   = mac 44:46:87:*
sig   = mac 44:8c:00:*
sig   = mac 48:02:86:*
sig   = mac 48:9b:e0:*
sig   = mac 58:85:a2:*
sig   = mac 58:85:e9:*
sig   = mac 5c:a0:6c:*
sig   = mac 60:c7:be:*
sig   = mac 70:28:04:*
sig   = mac 70:5e:55:*
sig   = mac 7c:b0:73:*
sig   = mac 90:df:7d:*
sig   = mac 94:8a:c6:*
sig   = mac 9c:6b:72:*
sig   = mac a4:cc:b9:*
sig   = mac b0:6e:72:*
sig   = mac b4:31:61:*
sig   = mac b8:8f:27:*
sig   = mac bc:2d:ef:*
sig   = mac c4:df:39:*
sig   = mac c8:16:da:*
sig   = mac c8:9b:d7:*
sig   = mac d0:28:ba:*
sig   = mac d0:5a:fd:*
sig   = mac d0:97:fe:*
sig   = mac d4:d7:cf:*
sig   = mac e4:6a:35:*
sig   = mac e4:8c:73:*
sig   = mac e4:b5:03:*
sig   = mac f0:62:5a:*
sig   = mac f8:5e:0b:*
sig   = mac f8:ad:24:*

label = g:phone:Fairphone:::
; source: IEEE, registry MA-L; low
sig   = mac 84:cf:bf:*

label = g:phone:BlackBerry:::
; source: IEEE, registry MA-L; low
sig   = mac 00:0f:86:*
sig   = mac 00:1c:cc:*
sig   = mac 00:25:57:*
sig   = mac 00:26:ff:*
sig   = mac 1c:69:a5:*
sig   = mac 34:bb:1f:*
sig   = mac 40:6f:2a:*
sig   = mac 48:9d:24:*
sig   = mac 68:ed:43:*
sig   = mac 70:aa:b2:*
sig   = mac 94:eb:cd:*
sig   = mac a4:e4:b8:*
sig   = mac f4:0b:93:*

; Makers of several kinds of things.

label = g::Ring:::
; source: IEEE, registry MA-L; medium
sig   = mac 34:3e:a4:*
sig   = mac 54:e0:19:*
sig   = mac 5c:47:5e:*
sig   = mac 90:48:6c:*
sig   = mac 9c:76:13:*

label = g::Withings:::
; source: IEEE, registry MA-L; medium
sig   = mac 00:24:e4:*
sig   = mac a4:7e:fa:*

label = g::Nest:::
; source: IEEE, registry MA-L; medium
sig   = mac 18:b4:30:*
sig   = mac 64:16:66:*

label = g::Netatmo:::
; source: IEEE, registry MA-L; medium
sig   = mac 70:ee:50:*

label = g::Edimax:::
; source: IEEE, registry MA-L; medium
sig   = mac 00:00:b4:*
sig   = mac 00:0e:2e:*
sig   = mac 00:1f:1f:*
sig   = mac 00:50:fc:*
sig   = mac 08:be:ac:*
sig   = mac 74:da:38:*
sig   = mac 80:1f:02:*

label = g::ednet:::
; source: IEEE, registry MA-L; medium
sig   = mac 3c:49:37:*

label = g::D-Link:::
; source: IEEE, registry MA-L; medium
sig   = mac 00:05:5d:*
sig   = mac 00:0d:88:*
sig   = mac 00:0f:3d:*
sig   = mac 00:11:95:*
sig   = mac 00:13:46:*
sig   = mac 00:15:e9:*
sig   = mac 00:17:9a:*
sig   = mac 00:19:5b:*
sig   = mac 00:1b:11:*
sig   = mac 00:1c:f0:*
sig   = mac 00:1e:58:*
sig   = mac 00:21:91:*
sig   = mac 00:22:b0:*
sig   = mac 00:24:01:*
sig   = mac 00:26:5a:*
sig   = mac 00:50:ba:*
sig   = mac 00:ad:24:*
sig   = mac 04:ba:d6:*
sig   = mac 08:5a:11:*
sig   = mac 0c:0e:76:*
sig   = mac 0c:b6:d2:*
sig   = mac 10:62:eb:*
sig   = mac 10:be:f5:*
sig   = mac 14:d6:4d:*
sig   = mac 18:0f:76:*
sig   = mac 1c:5f:2b:*
sig   = mac 1c:7e:e5:*
sig   = mac 1c:af:f7:*
sig   = mac 1c:bd:b9:*
sig   = mac 28:10:7b:*
sig   = mac 28:3b:82:*
sig   = mac 34:08:04:*
sig   = mac 34:0a:33:*
sig   = mac 3c:1e:04:*
sig   = mac 40:9b:cd:*
sig   = mac 48:ee:0c:*
sig   = mac 54:b8:0a:*
sig   = mac 58:d5:6e:*
sig   = mac 5c:d9:98:*
sig   = mac 60:63:4c:*
sig   = mac 64:29:43:*
sig   = mac 6c:19:8f:*
sig   = mac 6c:72:20:*
sig   = mac 70:62:b8:*
sig   = mac 74:da:da:*
sig   = mac 78:32:1b:*
sig   = mac 78:54:2e:*
sig   = mac 78:98:e8:*
sig   = mac 80:26:89:*
sig   = mac 84:c9:b2:*
sig   = mac 90:8d:78:*
sig   = mac 90:94:e4:*
sig   = mac 9c:d6:43:*
sig   = mac a0:9f:7a:*
sig   = mac a0:a3:f0:*
sig   = mac a0:ab:1b:*
sig   = mac a4:2a:95:*
sig   = mac a8:63:7d:*
sig   = mac ac:f1:df:*
sig   = mac b0:c5:54:*
sig   = mac b4:37:d8:*
sig   = mac b8:a3:86:*
sig   = mac bc:0f:9a:*
sig   = mac bc:22:28:*
sig   = mac bc:f6:85:*
sig   = mac c0:a0:bb:*
sig   = mac c4:12:f5:*
sig   = mac c4:a8:1d:*
sig   = mac c4:e9:0a:*
sig   = mac c8:be:19:*
sig   = mac c8:d3:a3:*
sig   = mac cc:b2:55:*
sig   = mac d8:fe:e3:*
sig   = mac e0:1c:fc:*
sig   = mac e4:6f:13:*
sig   = mac e8:cc:18:*
sig   = mac ec:22:80:*
sig   = mac ec:ad:e0:*
sig   = mac f0:7d:68:*
sig   = mac f0:b4:d2:*
sig   = mac f4:8c:eb:*
sig   = mac f8:e9:03:*
sig   = mac fc:75:16:*

label = g::Belkin:::
; source: IEEE, registry MA-L; medium
sig   = mac 00:11:50:*
sig   = mac 00:17:3f:*
sig   = mac 00:1c:df:*
sig   = mac 00:22:75:*
sig   = mac 00:30:bd:*
sig   = mac 08:86:3b:*
sig   = mac 14:91:82:*
sig   = mac 24:f5:a2:*
sig   = mac 30:23:03:*
sig   = mac 58:ef:68:*
sig   = mac 60:38:e0:*
sig   = mac 80:69:1a:*
sig   = mac 94:10:3e:*
sig   = mac 94:44:52:*
sig   = mac b4:75:0e:*
sig   = mac c0:56:27:*
sig   = mac c4:41:1e:*
sig   = mac d8:ec:5e:*
sig   = mac e8:9f:80:*
sig   = mac ec:1a:59:*

label = g::Philips:::
; source: IEEE, registry MA-L; medium
sig   = mac 00:17:88:*
sig   = mac c4:29:96:*
sig   = mac ec:b5:fa:*

label = g::Bose:::
; source: IEEE, registry MA-L; medium
sig   = mac 00:0c:8a:*
sig   = mac 04:52:c7:*
sig   = mac 08:df:1f:*
sig   = mac 28:11:a5:*
sig   = mac 2c:41:a1:*
sig   = mac 4c:87:5d:*
sig   = mac 60:ab:d2:*
sig   = mac 78:2b:64:*
sig   = mac ac:bf:71:*
sig   = mac c8:7b:23:*

label = g::August:::
; source: IEEE, registry MA-L; medium
sig   = mac 78:9c:85:*

; Radio modules, which other makers build into things: the type counts beside the services that the device calls.

label = g:iot-module::::
; source: IEEE, registry MA-L; low
sig   = mac 08:3a:8d:*
sig   = mac 08:3a:f2:*
sig   = mac 08:b6:1f:*
sig   = mac 0c:8b:95:*
sig   = mac 0c:b8:15:*
sig   = mac 0c:dc:7e:*
sig   = mac 10:52:1c:*
sig   = mac 10:5a:17:*
sig   = mac 10:91:a8:*
sig   = mac 10:97:bd:*
sig   = mac 10:d5:61:*
sig   = mac 18:69:d8:*
sig   = mac 18:fe:34:*
sig   = mac 1c:90:ff:*
sig   = mac 1c:9d:c2:*
sig   = mac 24:0a:c4:*
sig   = mac 24:4c:ab:*
sig   = mac 24:62:ab:*
sig   = mac 24:6f:28:*
sig   = mac 24:a1:60:*
sig   = mac 24:b2:de:*
sig   = mac 24:d7:eb:*
sig   = mac 2c:3a:e8:*
sig   = mac 2c:f4:32:*
sig   = mac 30:83:98:*
sig   = mac 30:ae:a4:*
sig   = mac 30:c6:f7:*
sig   = mac 34:85:18:*
sig   = mac 34:86:5d:*
sig   = mac 34:94:54:*
sig   = mac 34:ab:95:*
sig   = mac 34:b4:72:*
sig   = mac 38:1f:8d:*
sig   = mac 3c:61:05:*
sig   = mac 3c:71:bf:*
sig   = mac 3c:e9:0e:*
sig   = mac 40:22:d8:*
sig   = mac 40:91:51:*
sig   = mac 40:f5:20:*
sig   = mac 44:17:93:*
sig   = mac 48:27:e2:*
sig   = mac 48:3f:da:*
sig   = mac 48:55:19:*
sig   = mac 48:e7:29:*
sig   = mac 4c:11:ae:*
sig   = mac 4c:75:25:*
sig   = mac 4c:eb:d6:*
sig   = mac 50:02:91:*
sig   = mac 50:8a:06:*
sig   = mac 54:43:b2:*
sig   = mac 54:5a:a6:*
sig   = mac 58:bf:25:*
sig   = mac 58:cf:79:*
sig   = mac 5c:cf:7f:*
sig   = mac 60:01:94:*
sig   = mac 60:55:f9:*
sig   = mac 64:e8:33:*
sig   = mac 68:57:2d:*
sig   = mac 68:67:25:*
sig   = mac 68:b6:b3:*
sig   = mac 68:c6:3a:*
sig   = mac 70:03:9f:*
sig   = mac 70:04:1d:*
sig   = mac 70:89:76:*
sig   = mac 70:b8:f6:*
sig   = mac 78:21:84:*
sig   = mac 78:e3:6d:*
sig   = mac 7c:87:ce:*
sig   = mac 7c:9e:bd:*
sig   = mac 7c:df:a1:*
sig   = mac 7c:f6:66:*
sig   = mac 80:64:6f:*
sig   = mac 80:7d:3a:*
sig   = mac 84:0d:8e:*
sig   = mac 84:cc:a8:*
sig   = mac 84:e3:42:*
sig   = mac 84:f3:eb:*
sig   = mac 84:f7:03:*
sig   = mac 84:fc:e6:*
sig   = mac 8c:4b:14:*
sig   = mac 8c:aa:b5:*
sig   = mac 8c:ce:4e:*
sig   = mac 90:38:0c:*
sig   = mac 90:97:d5:*
sig   = mac 94:3c:c6:*
sig   = mac 94:b5:55:*
sig   = mac 94:b9:7e:*
sig   = mac 94:e6:86:*
sig   = mac 98:cd:ac:*
sig   = mac 98:f4:ab:*
sig   = mac 9c:9c:1f:*
sig   = mac a0:20:a6:*
sig   = mac a0:76:4e:*
sig   = mac a0:92:08:*
sig   = mac a0:b7:65:*
sig   = mac a4:7b:9d:*
sig   = mac a4:cf:12:*
sig   = mac a4:e5:7c:*
sig   = mac a8:03:2a:*
sig   = mac a8:42:e3:*
sig   = mac a8:48:fa:*
sig   = mac ac:0b:fb:*
sig   = mac ac:67:b2:*
sig   = mac ac:cf:23:*
sig   = mac ac:d0:74:*
sig   = mac b4:8a:0a:*
sig   = mac b4:e6:2d:*
sig   = mac b8:d6:1a:*
sig   = mac b8:f0:09:*
sig   = mac bc:dd:c2:*
sig   = mac bc:ff:4d:*
sig   = mac c0:49:ef:*
sig   = mac c0:4e:30:*
sig   = mac c4:4f:33:*
sig   = mac c4:5b:be:*
sig   = mac c4:dd:57:*
sig   = mac c4:de:e2:*
sig   = mac c8:2b:96:*
sig   = mac c8:c9:a3:*
sig   = mac c8:f0:9e:*
sig   = mac cc:50:e3:*
sig   = mac cc:8c:bf:*
sig   = mac cc:db:a7:*
sig   = mac d4:a6:51:*
sig   = mac d4:d4:da:*
sig   = mac d4:f9:8d:*
sig   = mac d8:1f:12:*
sig   = mac d8:a0:1d:*
sig   = mac d8:bf:c0:*
sig   = mac d8:f1:5b:*
sig   = mac dc:4f:22:*
sig   = mac dc:54:75:*
sig   = mac e0:5a:1b:*
sig   = mac e0:98:06:*
sig   = mac e0:e2:e6:*
sig   = mac e8:31:cd:*
sig   = mac e8:68:e7:*
sig   = mac e8:9f:6d:*
sig   = mac e8:db:84:*
sig   = mac ec:62:60:*
sig   = mac ec:94:cb:*
sig   = mac ec:da:3b:*
sig   = mac ec:fa:bc:*
sig   = mac f0:08:d1:*
sig   = mac f4:12:fa:*
sig   = mac f4:cf:a2:*
sig   = mac fc:67:1f:*
sig   = mac fc:f5:c4:*
