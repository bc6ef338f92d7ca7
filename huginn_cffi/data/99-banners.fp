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

label = s:OpenSSH:10.0p2:Debian 13:Linux:6.12 or newer
; source: https://tracker.debian.org/pkg/openssh; medium
sig   = ssh OpenSSH_10.0p2 Debian-7

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

; Greetings: a 220 reply, "+OK" or "* OK" without its status, and the versions of MySQL and PostgreSQL. `<version>*` takes a word that
; begins with a digit, so that no other text is taken for a version.

label = s:vsftpd:<version>:::
; source: rapid7/recog ftp_banners.xml; medium
sig   = ftp (vsFTPd <version>*
sig   = ftp ready, dude (vsFTPd <version>*

label = s:ProFTPD:<version>:::
; source: rapid7/recog ftp_banners.xml; medium
sig   = ftp ProFTPD <version>*

label = s:ProFTPD:<version>:Debian:Linux:
; source: rapid7/recog ftp_banners.xml; medium
sig   = ftp ProFTPD <version>* Server (Debian)*

label = s:ProFTPD::Debian:Linux:
; source: https://sources.debian.org/src/proftpd-dfsg/; medium
sig   = ftp ProFTPD Server (Debian)*

label = s:ProFTPD:<version>:QNAP::
; source: rapid7/recog ftp_banners.xml; medium
sig   = ftp NASFTPD Turbo station <version>*(ProFTPD)*
sig   = ftp NASFTPD Turbo station 2.x <version>*(ProFTPD)*

label = s:ProFTPD::::
; source: rapid7/recog ftp_banners.xml; medium
sig   = ftp ProFTPD
sig   = ftp ProFTPD Server
sig   = ftp ProFTPD Server ready.
sig   = ftp ProFTPD FTP Server ready.
sig   = ftp ProFTPD Server (*

label = s:Pure-FTPd:<version>:::
; source: rapid7/recog ftp_banners.xml; medium
sig   = ftp =(\<\*>)=-.:. (( Welcome to Pure-FTPd <version>*
sig   = ftp =(\<\*>)=-.:. (( Welcome to PureFTPd <version>*

label = s:Pure-FTPd::::
; source: rapid7/recog ftp_banners.xml; medium
sig   = ftp ---------* Pure-FTPd *---------
sig   = ftp Welcome to Pure-FTPd
sig   = ftp Pure-FTPd.

label = s:FileZilla Server:<version>::Windows:
; source: rapid7/recog ftp_banners.xml; medium
sig   = ftp FileZilla Server version <version>*
sig   = ftp FileZilla Server <version>* beta*
sig   = ftp FileZilla Server v<version>* beta*

label = s:Microsoft FTP Service:::Windows:
; source: rapid7/recog ftp_banners.xml; medium
sig   = ftp Microsoft FTP Service
sig   = ftp * Microsoft FTP Service
sig   = ftp * Microsoft FTP Service (Version *

label = s:Postfix:<version>:::
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Postfix (<version>*)
sig   = smtp * ESMTP Postfix <version>*

label = s:Postfix::Ubuntu:Linux:
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Postfix (Ubuntu)
sig   = smtp * SMTP Postfix (Ubuntu)
sig   = smtp * Hi, I'm a Mail-in-a-Box (Ubuntu/Postfix; *

label = s:Postfix::Debian:Linux:
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Postfix (Debian/GNU)
sig   = smtp * SMTP Postfix (Debian/GNU)

label = s:Postfix::::
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Postfix
sig   = smtp * SMTP Postfix
sig   = smtp ESMTP Postfix
sig   = smtp * ESMTP Postfix (*

label = s:Exim:<version>:::
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Exim <version>*
sig   = smtp * ESMTP (Exim <version>*
sig   = smtp ESMTP Exim <version>*

label = s:Exim:<version>:Ubuntu:Linux:
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Exim <version>* Ubuntu *

label = s:Exim::::
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Exim
sig   = smtp ESMTP Exim

label = s:Sendmail:<version>:::
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Sendmail <version>*
sig   = smtp ESMTP Sendmail  <version>*

label = s:Sendmail:<version>:Debian:Linux:
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Sendmail <version>*/Debian-*
sig   = smtp * ESMTP Sendmail <version>*/Debian *
sig   = smtp * ESMTP Debian Sendmail <version>*

label = s:Sendmail:<version>:Debian 7:Linux:3.2 or newer
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Sendmail <version>*/Debian-*+deb7u*
sig   = smtp * ESMTP Sendmail <version>*/Debian-*+wheezy*

label = s:Sendmail:<version>:Debian 8:Linux:3.16 or newer
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Sendmail <version>*/Debian-*+deb8u*

label = s:Sendmail:<version>:Ubuntu:Linux:
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Sendmail <version>*/Debian-*ubuntu*

label = s:Sendmail:<version>:SuSE:Linux:
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Sendmail <version>*/SuSE Linux *

label = s:Sendmail:<version>::Solaris:
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Sendmail <version>*+Sun/*

label = s:Sendmail::::
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Sendmail
sig   = smtp * ESMTP Sendmail; *
sig   = smtp * ESMTP Sendmail ; *
sig   = smtp * ESMTP Sendmail ready*
sig   = smtp Sendmail ESMTP ready

label = s:Microsoft Exchange:<version>::Windows:
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * ESMTP Server (Microsoft Exchange Internet Mail Service <version>*
sig   = smtp * Microsoft Exchange Internet Mail Service <version>*

label = s:Microsoft Exchange:::Windows:
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * Microsoft ESMTP MAIL Service ready at *

label = s:Microsoft SMTP Service:<version>::Windows:
; source: rapid7/recog smtp_banners.xml; medium
sig   = smtp * Microsoft ESMTP MAIL Service, Version: <version>*
sig   = smtp Microsoft ESMTP MAIL Service, Version: <version>*

label = s:Dovecot::::
; source: rapid7/recog pop_banners.xml; medium
sig   = pop3 Dovecot ready.
sig   = pop3 Dovecot DA ready.
sig   = pop3 Dovecot ready. \<*

label = s:Dovecot::Debian:Linux:
; source: https://packages.debian.org/source/stable/dovecot; medium
sig   = pop3 Dovecot (Debian) ready.
sig   = pop3 Dovecot (Debian) ready. \<*

label = s:Dovecot::Ubuntu:Linux:
; source: https://packages.debian.org/source/stable/dovecot; medium
sig   = pop3 Dovecot (Ubuntu) ready.
sig   = pop3 Dovecot (Ubuntu) ready. \<*

label = s:Cyrus IMAP:<version>:::
; source: rapid7/recog pop_banners.xml; medium
sig   = pop3 * Cyrus POP3 v<version>*

label = s:Cyrus IMAP:<version>::macOS:
; source: rapid7/recog pop_banners.xml; medium
sig   = pop3 * Cyrus POP3 v<version>*-OS X*

label = s:Microsoft Exchange:::Windows:
; source: rapid7/recog pop_banners.xml; medium
sig   = pop3 The Microsoft Exchange POP3 service is ready.
sig   = pop3 The Microsoft Exchange POP3 service is ready. *
sig   = pop3 Microsoft Exchange Server 2007 POP3 service ready

label = s:Dovecot::::
; source: rapid7/recog imap_banners.xml; medium
sig   = imap Dovecot ready.
sig   = imap Dovecot DA ready.

label = s:Dovecot::Debian:Linux:
; source: https://packages.debian.org/source/stable/dovecot; medium
sig   = imap Dovecot (Debian) ready.

label = s:Dovecot::Ubuntu:Linux:
; source: https://packages.debian.org/source/stable/dovecot; medium
sig   = imap Dovecot (Ubuntu) ready.

label = s:Cyrus IMAP:<version>:::
; source: rapid7/recog imap_banners.xml; medium
sig   = imap * Cyrus IMAP4 v<version>*
sig   = imap * Cyrus IMAP v<version>*
sig   = imap * Cyrus IMAP Murder v<version>*

label = s:Cyrus IMAP:<version>::macOS:
; source: rapid7/recog imap_banners.xml; medium
sig   = imap * Cyrus IMAP4 v<version>*-OS X*

label = s:Microsoft Exchange:::Windows:
; source: rapid7/recog imap_banners.xml; medium
sig   = imap The Microsoft Exchange IMAP4 service is ready.
sig   = imap The Microsoft Exchange IMAP4 service is ready. *
sig   = imap Microsoft Exchange Server 2007 IMAP4 service ready

label = s:Cyrus IMAP:<version>:::
; source: https://www.cyrusimap.org/imap/download/release-notes/; medium
sig   = imap * Cyrus IMAP <version>*
sig   = pop3 * Cyrus POP3 <version>*

label = s:Microsoft Exchange:<version>::Windows:
; source: rapid7/recog pop_banners.xml; medium
sig   = pop3 Microsoft Exchange Server 2003 POP3 server version <version>*
sig   = pop3 Microsoft Exchange 2000 POP3 server version <version>*
sig   = pop3 Microsoft Exchange POP3 server version <version>*

label = s:Courier::::
; source: rapid7/recog pop_banners.xml; medium
sig   = pop3 Hello there.

label = s:Courier::::
; source: rapid7/recog imap_banners.xml; medium
sig   = imap Courier-IMAP ready. Copyright *

label = s:MySQL:4.0:::
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 4.0.?
sig   = mysql 4.0.??
sig   = mysql 4.0.?-log
sig   = mysql 4.0.??-log

label = s:MySQL:4.1:::
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 4.1.?
sig   = mysql 4.1.??
sig   = mysql 4.1.?-log
sig   = mysql 4.1.??-log

label = s:MySQL:5.0:::
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.0.?
sig   = mysql 5.0.??
sig   = mysql 5.0.?-log
sig   = mysql 5.0.??-log
sig   = mysql 5.0.??-community*

label = s:MySQL:5.1:::
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.1.?
sig   = mysql 5.1.??
sig   = mysql 5.1.?-log
sig   = mysql 5.1.??-log
sig   = mysql 5.1.??-community*

label = s:MySQL:5.5:::
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.5.?
sig   = mysql 5.5.??
sig   = mysql 5.5.?-log
sig   = mysql 5.5.??-log
sig   = mysql 5.5.??-community*

label = s:MySQL:5.6:::
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.6.?
sig   = mysql 5.6.??
sig   = mysql 5.6.?-log
sig   = mysql 5.6.??-log
sig   = mysql 5.6.??-community*

label = s:MySQL:5.7:::
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.7.?
sig   = mysql 5.7.??
sig   = mysql 5.7.?-log
sig   = mysql 5.7.??-log
sig   = mysql 5.7.??-community*

label = s:MySQL:8.0:::
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 8.0.?
sig   = mysql 8.0.??
sig   = mysql 8.0.?-log
sig   = mysql 8.0.??-log

label = s:MySQL:8.4:::
; source: https://dev.mysql.com/doc/relnotes/mysql/8.4/en/; medium
sig   = mysql 8.4.?
sig   = mysql 8.4.??

label = s:MySQL:<version>:Ubuntu 10.04:Linux:2.6.32 or newer
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql <version>-0ubuntu0.10.04*

label = s:MySQL:<version>:Ubuntu 12.04:Linux:3.2 or newer
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql <version>-0ubuntu0.12.04*

label = s:MySQL:<version>:Ubuntu 14.04:Linux:3.13 or newer
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql <version>-0ubuntu0.14.04*

label = s:MySQL:<version>:Ubuntu 16.04:Linux:4.4 or newer
; source: https://packages.ubuntu.com/search?keywords=mysql-server; medium
sig   = mysql <version>-0ubuntu0.16.04*

label = s:MySQL:<version>:Ubuntu 18.04:Linux:4.15 or newer
; source: https://packages.ubuntu.com/search?keywords=mysql-server; medium
sig   = mysql <version>-0ubuntu0.18.04*

label = s:MySQL:<version>:Ubuntu 20.04:Linux:5.4 or newer
; source: https://packages.ubuntu.com/search?keywords=mysql-server; medium
sig   = mysql <version>-0ubuntu0.20.04*

label = s:MySQL:<version>:Ubuntu 22.04:Linux:5.15 or newer
; source: https://packages.ubuntu.com/search?keywords=mysql-server; medium
sig   = mysql <version>-0ubuntu0.22.04*

label = s:MySQL:<version>:Ubuntu 24.04:Linux:6.8 or newer
; source: https://packages.ubuntu.com/search?keywords=mysql-server; medium
sig   = mysql <version>-0ubuntu0.24.04*

label = s:MariaDB:<version>:::
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.5.5-<version>-MariaDB*
sig   = mysql <version>-MariaDB*

label = s:MariaDB:<version>:Debian 6:Linux:2.6.32 or newer
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.5.5-<version>-MariaDB-*~squeeze*
sig   = mysql <version>-MariaDB-*~squeeze*

label = s:MariaDB:<version>:Debian 7:Linux:3.2 or newer
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.5.5-<version>-MariaDB-*~wheezy*
sig   = mysql <version>-MariaDB-*~wheezy*

label = s:MariaDB:<version>:Debian 8:Linux:3.16 or newer
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.5.5-<version>-MariaDB-*~jessie*
sig   = mysql <version>-MariaDB-*~jessie*

label = s:MariaDB:<version>:Debian 10:Linux:4.19 or newer
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.5.5-<version>-MariaDB-*~buster*
sig   = mysql <version>-MariaDB-*~buster*

label = s:MariaDB:<version>:Ubuntu 14.04:Linux:3.13 or newer
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.5.5-<version>-MariaDB-*~trusty*
sig   = mysql <version>-MariaDB-*~trusty*

label = s:MariaDB:<version>:Ubuntu 16.04:Linux:4.4 or newer
; source: rapid7/recog mysql_banners.xml; medium
sig   = mysql 5.5.5-<version>-MariaDB-*~xenial*
sig   = mysql <version>-MariaDB-*~xenial*

label = s:MariaDB:<version>:Debian 9:Linux:4.9 or newer
; source: https://tracker.debian.org/pkg/mariadb-10.1; medium
sig   = mysql 5.5.5-<version>-MariaDB-*+deb9u*
sig   = mysql <version>-MariaDB-*+deb9u*

label = s:MariaDB:<version>:Debian 10:Linux:4.19 or newer
; source: https://tracker.debian.org/pkg/mariadb-10.3; medium
sig   = mysql 5.5.5-<version>-MariaDB-*+deb10u*
sig   = mysql <version>-MariaDB-*+deb10u*

label = s:MariaDB:<version>:Ubuntu 18.04:Linux:4.15 or newer
; source: https://packages.ubuntu.com/search?keywords=mariadb-server; medium
sig   = mysql 5.5.5-<version>-MariaDB-*ubuntu0.18.04*
sig   = mysql <version>-MariaDB-*ubuntu0.18.04*

label = s:MariaDB:<version>:Debian 11:Linux:5.10 or newer
; source: https://tracker.debian.org/pkg/mariadb; medium
sig   = mysql 5.5.5-<version>-MariaDB-*+deb11u*
sig   = mysql <version>-MariaDB-*+deb11u*

label = s:MariaDB:<version>:Debian 12:Linux:6.1 or newer
; source: https://tracker.debian.org/pkg/mariadb; medium
sig   = mysql 5.5.5-<version>-MariaDB-*+deb12u*
sig   = mysql <version>-MariaDB-*+deb12u*

label = s:MariaDB:<version>:Debian 13:Linux:6.12 or newer
; source: https://tracker.debian.org/pkg/mariadb; medium
sig   = mysql 5.5.5-<version>-MariaDB-*+deb13u*
sig   = mysql <version>-MariaDB-*+deb13u*

label = s:MariaDB:<version>:Ubuntu 20.04:Linux:5.4 or newer
; source: https://packages.ubuntu.com/search?keywords=mariadb-server; medium
sig   = mysql 5.5.5-<version>-MariaDB-*ubuntu0.20.04*
sig   = mysql <version>-MariaDB-*ubuntu0.20.04*

label = s:MariaDB:<version>:Ubuntu 22.04:Linux:5.15 or newer
; source: https://packages.ubuntu.com/search?keywords=mariadb-server; medium
sig   = mysql 5.5.5-<version>-MariaDB-*ubuntu0.22.04*
sig   = mysql <version>-MariaDB-*ubuntu0.22.04*

label = s:MariaDB:<version>:Ubuntu 24.04:Linux:6.8 or newer
; source: https://packages.ubuntu.com/search?keywords=mariadb-server; medium
sig   = mysql 5.5.5-<version>-MariaDB-*ubuntu0.24.04*
sig   = mysql <version>-MariaDB-*ubuntu0.24.04*

; SQL Server: the version in the answer to PRELOGIN, which other servers of TDS imitate, on Linux as well.

label = s:SQL Server:<version>:::
; source: [MS-TDS], 2.2.6.5; medium
sig   = tds <version>

; PostgreSQL: the parameter server_version. Containers have the packages of their distribution, not its kernel.

label = s:PostgreSQL:<version>:::
; source: https://www.postgresql.org/docs/current/protocol-flow.html; medium
sig   = postgresql <version>
sig   = postgresql <version> (*

label = s:PostgreSQL:<version>:Debian 11:Linux:
; source: https://tracker.debian.org/pkg/postgresql-common; medium
sig   = postgresql <version> (Debian *+deb11u*)
; source: https://wiki.postgresql.org/wiki/Apt; medium
sig   = postgresql <version> (Debian *.pgdg110+*)

label = s:PostgreSQL:<version>:Debian 12:Linux:
; source: https://tracker.debian.org/pkg/postgresql-common; medium
sig   = postgresql <version> (Debian *+deb12u*)
; source: https://wiki.postgresql.org/wiki/Apt; medium
sig   = postgresql <version> (Debian *.pgdg120+*)

label = s:PostgreSQL:<version>:Debian 13:Linux:
; source: https://tracker.debian.org/pkg/postgresql-common; medium
sig   = postgresql <version> (Debian *+deb13u*)
; source: https://wiki.postgresql.org/wiki/Apt; medium
sig   = postgresql <version> (Debian *.pgdg130+*)

label = s:PostgreSQL:<version>:Ubuntu 20.04:Linux:
; source: https://packages.ubuntu.com/search?keywords=postgresql; medium
sig   = postgresql <version> (Ubuntu *ubuntu0.20.04*)
; source: https://wiki.postgresql.org/wiki/Apt; medium
sig   = postgresql <version> (Ubuntu *.pgdg20.04+*)

label = s:PostgreSQL:<version>:Ubuntu 22.04:Linux:
; source: https://packages.ubuntu.com/search?keywords=postgresql; medium
sig   = postgresql <version> (Ubuntu *ubuntu0.22.04*)
; source: https://wiki.postgresql.org/wiki/Apt; medium
sig   = postgresql <version> (Ubuntu *.pgdg22.04+*)

label = s:PostgreSQL:<version>:Ubuntu 24.04:Linux:
; source: https://packages.ubuntu.com/search?keywords=postgresql; medium
sig   = postgresql <version> (Ubuntu *ubuntu0.24.04*)
; source: https://wiki.postgresql.org/wiki/Apt; medium
sig   = postgresql <version> (Ubuntu *.pgdg24.04+*)
