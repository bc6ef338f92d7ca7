; Programs and systems by what SSH identifications say behind "SSH-2.0-".
; Some patterns are of rapid7/recog (https://github.com/rapid7/recog).
; Copyright (c) 2014-2015, Rapid7; licence: BSD-2-Clause, see LICENSE-RECOG.
;
; A distribution states the oldest kernel that it came with, since it may run in a container on a newer one
; (https://wiki.ubuntu.com/Kernel/LTSEnablementStack, https://wiki.debian.org/DebianReleases).

classes = win,unix,other

[banner]

; OpenSSH of Debian: the package's version ends with the release, but for the first one of a release.

label = s:OpenSSH:<version>:Debian 4:Linux:2.6.18 or newer
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> Debian-*etch*

label = s:OpenSSH:<version>:Debian 6:Linux:2.6.32 or newer
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> Debian-*squeeze*

label = s:OpenSSH:<version>:Debian 7:Linux:3.2 or newer
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> Debian-*+deb7u*
sig   = ssh OpenSSH_<version> Debian-*~bpo7*

label = s:OpenSSH:6.0p1:Debian 7:Linux:3.2 or newer
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_6.0p1 Debian-4

label = s:OpenSSH:<version>:Debian 8:Linux:3.16 or newer
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> Debian-*+deb8u*
; source: https://tracker.debian.org/pkg/openssh; medium
sig   = ssh OpenSSH_<version> Debian-*~bpo8*

label = s:OpenSSH:<version>:Debian 9:Linux:4.9 or newer
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> Debian-*+deb9u*
; source: https://tracker.debian.org/pkg/openssh; medium
sig   = ssh OpenSSH_<version> Debian-*~bpo9*

label = s:OpenSSH:7.4p1:Debian 9:Linux:4.9 or newer
; source: https://tracker.debian.org/pkg/openssh; medium
sig   = ssh OpenSSH_7.4p1 Debian-10

label = s:OpenSSH:<version>:Debian 10:Linux:4.19 or newer
; source: https://tracker.debian.org/pkg/openssh; medium
sig   = ssh OpenSSH_<version> Debian-*+deb10u*
sig   = ssh OpenSSH_<version> Debian-*~bpo10*

label = s:OpenSSH:7.9p1:Debian 10:Linux:4.19 or newer
; source: https://tracker.debian.org/pkg/openssh; medium
sig   = ssh OpenSSH_7.9p1 Debian-10

label = s:OpenSSH:<version>:Debian 11:Linux:5.10 or newer
; source: https://tracker.debian.org/pkg/openssh; medium
sig   = ssh OpenSSH_<version> Debian-*+deb11u*
sig   = ssh OpenSSH_<version> Debian-*~bpo11*

label = s:OpenSSH:8.4p1:Debian 11:Linux:5.10 or newer
; source: https://tracker.debian.org/pkg/openssh; medium
sig   = ssh OpenSSH_8.4p1 Debian-5

label = s:OpenSSH:<version>:Debian 12:Linux:6.1 or newer
; source: https://tracker.debian.org/pkg/openssh; medium
sig   = ssh OpenSSH_<version> Debian-*+deb12u*
sig   = ssh OpenSSH_<version> Debian-*~bpo12*

label = s:OpenSSH:9.2p1:Debian 12:Linux:6.1 or newer
; source: https://tracker.debian.org/pkg/openssh; medium
sig   = ssh OpenSSH_9.2p1 Debian-2

label = s:OpenSSH:<version>:Debian 13:Linux:6.12 or newer
; source: https://tracker.debian.org/pkg/openssh; medium
sig   = ssh OpenSSH_<version> Debian-*+deb13u*
sig   = ssh OpenSSH_<version> Debian-*~bpo13*

label = s:OpenSSH:<version>:Debian:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> Debian-*
sig   = ssh OpenSSH_<version> Debian 1:*

label = s:OpenSSH:<version>:Raspbian 8:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> Raspbian-*+deb8u*

label = s:OpenSSH:<version>:Raspbian 9:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> Raspbian-*+deb9u*

label = s:OpenSSH:<version>:Raspbian 10:Linux:
; source: https://www.raspberrypi.com/software/operating-systems/; low
sig   = ssh OpenSSH_<version> Raspbian-*+deb10u*

label = s:OpenSSH:<version>:Raspbian 11:Linux:
; source: https://www.raspberrypi.com/software/operating-systems/; low
sig   = ssh OpenSSH_<version> Raspbian-*+deb11u*

label = s:OpenSSH:<version>:Raspbian 12:Linux:
; source: https://www.raspberrypi.com/software/operating-systems/; low
sig   = ssh OpenSSH_<version> Raspbian-*+deb12u*

label = s:OpenSSH:<version>:Raspbian:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> Raspbian-*

; OpenSSH of Ubuntu: each release has a version of its own. Interim releases are named, their kernels left open.

label = s:OpenSSH:4.1p1:Ubuntu 5.10:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_4.1p1 Debian-7ubuntu*

label = s:OpenSSH:4.2p1:Ubuntu 6.06:Linux:2.6.15 or newer
; source: https://launchpad.net/ubuntu/+source/openssh; medium
sig   = ssh OpenSSH_4.2p1 Debian-7ubuntu*

label = s:OpenSSH:4.3p2:Ubuntu 7.04:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_4.3p2 Debian-8ubuntu*

label = s:OpenSSH:4.6p1:Ubuntu 7.10:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_4.6p1 Debian-5ubuntu*
sig   = ssh OpenSSH_4.6p1 Debian-5build1

label = s:OpenSSH:4.7p1:Ubuntu 8.04:Linux:2.6.24 or newer
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_4.7p1 Debian-8ubuntu*

label = s:OpenSSH:5.1p1:Ubuntu 8.10:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_5.1p1 Debian-3ubuntu*

label = s:OpenSSH:5.1p1:Ubuntu 9.04:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_5.1p1 Debian-5ubuntu*

label = s:OpenSSH:5.1p1:Ubuntu 9.10:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_5.1p1 Debian-6ubuntu*

label = s:OpenSSH:5.3p1:Ubuntu 10.04:Linux:2.6.32 or newer
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_5.3p1 Debian-3ubuntu*

label = s:OpenSSH:5.5p1:Ubuntu 10.10:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_5.5p1 Debian-4ubuntu*

label = s:OpenSSH:5.8p1:Ubuntu 11.04:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_5.8p1 Debian-1ubuntu*

label = s:OpenSSH:5.8p1:Ubuntu 11.10:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_5.8p1 Debian-7ubuntu*

label = s:OpenSSH:5.9p1:Ubuntu 12.04:Linux:3.2 or newer
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_5.9p1 Debian-5ubuntu*

label = s:OpenSSH:6.0p1:Ubuntu 12.10:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_6.0p1 Debian-3ubuntu*

label = s:OpenSSH:6.1p1:Ubuntu 13.04:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_6.1p1 Debian-4

label = s:OpenSSH:6.6p1:Ubuntu 14.04:Linux:3.13 or newer
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_6.6p1 Ubuntu-2ubuntu*

label = s:OpenSSH:6.6.1p1:Ubuntu 14.04:Linux:3.13 or newer
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_6.6.1p1 Ubuntu-2ubuntu*

label = s:OpenSSH:6.7p1:Ubuntu 15.04:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_6.7p1 Ubuntu-5ubuntu*

label = s:OpenSSH:7.2p2:Ubuntu 16.04:Linux:4.4 or newer
; source: https://launchpad.net/ubuntu/+source/openssh; medium
sig   = ssh OpenSSH_7.2p2 Ubuntu-4ubuntu*

label = s:OpenSSH:7.6p1:Ubuntu 18.04:Linux:4.15 or newer
; source: https://launchpad.net/ubuntu/+source/openssh; medium
sig   = ssh OpenSSH_7.6p1 Ubuntu-4*

label = s:OpenSSH:8.2p1:Ubuntu 20.04:Linux:5.4 or newer
; source: https://launchpad.net/ubuntu/+source/openssh; medium
sig   = ssh OpenSSH_8.2p1 Ubuntu-4*

label = s:OpenSSH:8.9p1:Ubuntu 22.04:Linux:5.15 or newer
; source: https://launchpad.net/ubuntu/+source/openssh; medium
sig   = ssh OpenSSH_8.9p1 Ubuntu-3*

label = s:OpenSSH:9.6p1:Ubuntu 24.04:Linux:6.8 or newer
; source: https://launchpad.net/ubuntu/+source/openssh; medium
sig   = ssh OpenSSH_9.6p1 Ubuntu-3ubuntu13*

label = s:OpenSSH:<version>:Ubuntu:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> Ubuntu-*
sig   = ssh OpenSSH_<version> Debian-*ubuntu*

; OpenSSH of others.

label = s:OpenSSH:<version>::FreeBSD:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> FreeBSD-*
sig   = ssh OpenSSH_<version> FreeBSD *

label = s:OpenSSH:<version>::NetBSD:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> NetBSD-*
sig   = ssh OpenSSH_<version> NetBSD_Secure_Shell-*

label = s:OpenSSH:<version>::Windows:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_for_Windows_<version>

label = s:OpenSSH:<version>:DesktopAuthority:Windows:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> in DesktopAuthority *

label = s:OpenSSH:<version>:MikroTik::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version>_Mikrotik_v*

label = s:OpenSSH:<version>:HipServ:Linux:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version>-HipServ

label = s:OpenSSH:<version>:HPN::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version>_hpn*
sig   = ssh OpenSSH_<version>-hpn*

label = s:OpenSSH:<version>:FIPS::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH_<version> FIPS
sig   = ssh OpenSSH_<version> PKIX FIPS

label = s:OpenSSH:<version>:::
; source: rapid7/recog ssh_banners.xml; https://www.openssh.com/releasenotes.html; medium
sig   = ssh OpenSSH_<version>

label = s:OpenSSH::::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh OpenSSH

; Other programs.

label = s:Dropbear:<version>:::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh dropbear_<version>

label = s:Dropbear::::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh dropbear

label = s:libssh:<version>:::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh libssh-<version>
sig   = ssh libssh_<version>

label = s:libssh2:<version>:::
; source: https://libssh2.org/docs.html; medium
sig   = ssh libssh2_<version>

label = s:Paramiko:<version>:::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh paramiko_<version>

label = s:AsyncSSH:<version>:::
; source: https://asyncssh.readthedocs.io/; medium
sig   = ssh AsyncSSH_<version>

label = s:PuTTY:<version>:::
; source: https://www.chiark.greenend.org.uk/~sgtatham/putty/; medium
sig   = ssh PuTTY_Release_<version>

label = s:WinSCP:<version>::Windows:
; source: https://winscp.net/eng/docs/history; medium
sig   = ssh WinSCP_release_<version>

label = s:FileZilla:<version>:::
; source: https://filezilla-project.org/; medium
sig   = ssh FileZilla_<version>

label = s:JSch:<version>:::
; source: https://github.com/mwiede/jsch; medium
sig   = ssh JSCH-<version>
sig   = ssh JSCH_<version>

label = s:Apache MINA SSHD:<version>:::
; source: https://mina.apache.org/sshd-project/; medium
sig   = ssh APACHE-SSHD-<version>

label = s:Go x/crypto/ssh::::
; source: https://pkg.go.dev/golang.org/x/crypto/ssh; medium
sig   = ssh Go

label = s:Cisco SSH:<version>:::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh Cisco-<version>

label = s:Cisco WLC::::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh CISCO_WLC

label = s:Sun SSH:<version>::Solaris:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh Sun_SSH_<version>

label = s:RouterOS SSH::::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh ROSSSH

label = s:HP iLO:<version>:::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh mpSSH_<version>

label = s:Bitvise SSH Server:<version>::Windows:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh *FlowSsh: WinSSHD <version>*
sig   = ssh *FlowSsh: Bitvise SSH Server (WinSSHD) <version>*
sig   = ssh *sshlib: WinSSHD <version>*

label = s:Serv-U:<version>:::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh Serv-U_<version>

label = s:WS_FTP:<version>::Windows:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh *WS_FTP-SSH_<version>

label = s:RomSShell:<version>:::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh RomSShell_<version>

label = s:NetScreen::::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh NetScreen

label = s:Comware SSH:<version>:::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh Comware-<version>

label = s:Data ONTAP SSH::::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh Data ONTAP SSH *

label = s:SSH Tectia Server:<version>:::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh <version> SSH Tectia Server

label = s:Xlight FTP Server:<version>::Windows:
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh xlightftpd_release_<version>

label = s:LANCOM SSH::::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh lancom

label = s:ArrayOS SSH::::
; source: rapid7/recog ssh_banners.xml; medium
sig   = ssh ArrayOS
