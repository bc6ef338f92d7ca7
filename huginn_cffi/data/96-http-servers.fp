; HTTP servers, by the headers of their responses.
;
; Specific signatures know the order in which a server writes its own headers, and its word; generic
; ones, at the end, the word of its Server header alone: a proxy in front may have written that.

classes = win,unix,other

[http:response]

label = s:!:nginx:
sys   =
; source: nginx 1.22 measured here 2026; responses in public captures; high
sig   = 1:Server=[nginx],Date,?Content-Type,?Content-Length,?Last-Modified,Connection=[keep-alive],?Keep-Alive,?ETag,?Accept-Ranges::nginx

label = s:!:OpenResty:
sys   =
; source: responses in public captures; high
sig   = 1:Server=[openresty],Date,Content-Type,?Content-Length,?Transfer-Encoding,Connection::

label = s:!:Apache:2
sys   =
; source: Apache 2.4 measured here 2026; responses in public captures; high
sig   = 1:Date,Server=[Apache/2],?X-Powered-By,?Last-Modified,?ETag,?Accept-Ranges,?Content-Length,?Vary,?Keep-Alive,?Connection,?Transfer-Encoding,Content-Type::

label = s:!:Apache:1
sys   =
; source: responses in public captures; high
sig   = 1:Date,Server=[Apache/1],?Last-Modified,?ETag,?Accept-Ranges,?Content-Length,?Keep-Alive,?Connection,?Transfer-Encoding,Content-Type::

label = s:!:lighttpd:
sys   =
; source: lighttpd 1.4.69 measured here 2026; high
sig   = 1:Content-Type,?Last-Modified,?ETag,?Content-Length,?Accept-Ranges,Date,Server=[lighttpd]::

label = s:!:Caddy:
sys   =
; source: Caddy measured here 2026; high
sig   = 1:?Accept-Ranges,?Content-Length,Content-Type,?Etag,?Last-Modified,Server=[Caddy],?Vary,Date::

label = s:!:Python http.server:
sys   =
; source: Python 3.11 measured here 2026; responses in public captures; high
sig   = *:Server=[SimpleHTTP/],Date,Content-type,?Content-Length,?Last-Modified:Connection:

label = s:!:Python wsgiref:
sys   =
; source: Python 3.11 measured here 2026; high
sig   = *:Date,Server=[WSGIServer/],Content-Type,?Content-Length::

label = s:!:Gunicorn:
sys   =
; source: gunicorn measured here 2026; responses in public captures; high
sig   = 1:Server=[gunicorn],Date,Connection,?Transfer-Encoding,?Content-Type::

label = s:!:Uvicorn:
sys   =
; source: uvicorn measured here 2026; high
sig   = 1:Date,Server=[uvicorn],?Content-Length,?Content-Type::

label = s:!:Werkzeug:
sys   =
; source: Werkzeug 3.1 measured here 2026; high
sig   = *:Server=[Werkzeug/],Date,Content-Type,?Content-Length,Connection=[close]::

label = s:!:Twisted Web:
sys   =
; source: Twisted measured here 2026; high
sig   = 1:?Transfer-Encoding,Server=[TwistedWeb/],Date,?Accept-Ranges,?Content-Length,Content-Type::

label = s:!:Tornado:
sys   =
; source: Tornado 6 measured here 2026; high
sig   = 1:Server=[TornadoServer/],Content-Type,Date,?Etag,?Content-Length::

label = s:!:Python aiohttp:
sys   =
; source: aiohttp 3.14 measured here 2026; high
sig   = 1:Content-Type,Content-Length,Date,Server=[aiohttp/]::

label = s:!:Ruby WEBrick:
sys   =
; source: WEBrick 1.8 measured here 2026; high
sig   = 1:?Etag,Content-Type,Content-Length,?Last-Modified,Server=[WEBrick/],Date,Connection::

label = s:!:PHP built-in server:
sys   =
; source: PHP 8.2 measured here 2026; high
sig   = 1:Host,Date,Connection=[close],?X-Powered-By,Content-Type:Server:

label = s:!:Node.js http:
sys   =
; source: Node.js measured here 2026; medium
sig   = 1:Date,Connection=[keep-alive],Keep-Alive=[timeout=5],?Content-Length,?Transfer-Encoding:Server,X-Powered-By:

label = s:!:IIS:
sys   = @win
; source: responses in public captures; high
sig   = 1:?Cache-Control,?Pragma,Content-Type,?Content-Encoding,?Last-Modified,?Accept-Ranges,?ETag,?Vary,Server=[Microsoft-IIS/],?X-AspNet-Version,X-Powered-By=[ASP.NET],Date::

; By their own word.

label = g:!:OpenResty:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[openresty]::

label = g:!:nginx:
sys   =
; source: measured here 2026; responses in public captures; its maker's documentation; medium
sig   = *:Server=[nginx]::

label = g:!:Tomcat:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[Apache-Coyote/]::

label = g:!:Traffic Server:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[ATS/]::
sig   = *:Server=[ApacheTrafficServer]::

label = g:!:Apache:
sys   =
; source: measured here 2026; responses in public captures; its maker's documentation; medium
sig   = *:Server=[Apache]::

label = g:!:lighttpd:
sys   =
; source: measured here 2026; its maker's documentation; medium
sig   = *:Server=[lighttpd]::

label = g:!:Caddy:
sys   =
; source: measured here 2026; its maker's documentation; medium
sig   = *:Server=[Caddy]::

label = g:!:IIS:
sys   = @win
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[Microsoft-IIS/]::

label = g:!:Windows HTTP API:
sys   = @win
; source: its maker's documentation; low
sig   = *:Server=[Microsoft-HTTPAPI/]::

label = g:!:LiteSpeed:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[LiteSpeed]::

label = g:!:Cherokee:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[Cherokee]::

label = g:!:AOLserver:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[AOLserver/]::

label = g:!:CherryPy:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[CherryPy/]::

label = g:!:Gunicorn:
sys   =
; source: measured here 2026; responses in public captures; its maker's documentation; medium
sig   = *:Server=[gunicorn]::

label = g:!:Uvicorn:
sys   =
; source: measured here 2026; its maker's documentation; medium
sig   = *:Server=[uvicorn]::

label = g:!:Werkzeug:
sys   =
; source: measured here 2026; its maker's documentation; medium
sig   = *:Server=[Werkzeug/]::

label = g:!:Python http.server:
sys   =
; source: measured here 2026; responses in public captures; its maker's documentation; medium
sig   = *:Server=[SimpleHTTP/]::
sig   = *:Server=[BaseHTTP/]::

label = g:!:Python wsgiref:
sys   =
; source: measured here 2026; its maker's documentation; medium
sig   = *:Server=[WSGIServer/]::

label = g:!:Twisted Web:
sys   =
; source: measured here 2026; its maker's documentation; medium
sig   = *:Server=[TwistedWeb/]::

label = g:!:Tornado:
sys   =
; source: measured here 2026; its maker's documentation; medium
sig   = *:Server=[TornadoServer/]::

label = g:!:Python aiohttp:
sys   =
; source: measured here 2026; its maker's documentation; medium
sig   = *:Server=[aiohttp/]::

label = g:!:Ruby WEBrick:
sys   =
; source: measured here 2026; its maker's documentation; medium
sig   = *:Server=[WEBrick/]::

label = g:!:Jetty:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[Jetty(]::

label = g:!:Kestrel:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[Kestrel]::

label = g:!:Envoy:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[envoy]::

label = g:!:Varnish:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[Varnish]::

label = g:!:Squid:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[squid/]::

label = g:!:Cloudflare:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[cloudflare]::

label = g:!:Akamai:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[AkamaiGHost]::
sig   = *:Server=[AkamaiNetStorage]::

label = g:!:Amazon S3:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[AmazonS3]::

label = g:!:Amazon CloudFront:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[CloudFront]::

label = g:!:Amazon load balancer:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[awselb/]::

label = g:!:Google:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[gws]::
sig   = *:Server=[GFE/]::
sig   = *:Server=[sffe]::
sig   = *:Server=[Google Frontend]::
sig   = *:Server=[ESF]::
sig   = *:Server=[ocsp_responder]::
sig   = *:Server=[FWS]::

label = g:!:Yahoo Traffic Server:
sys   =
; source: responses in public captures; medium
sig   = *:Server=[YTS/]::

label = g:!:Baidu Front End:
sys   =
; source: responses in public captures; medium
sig   = *:Server=[bfe/]::

label = g:!:CDNetworks:
sys   =
; source: responses in public captures; medium
sig   = *:Server=[PWS/]::

label = g:!:Docker:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[Docker/]::

label = g:!:GoAhead:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[GoAhead-Webs]::

label = g:!:Kaazing Gateway:
sys   =
; source: responses in public captures; its maker's documentation; medium
sig   = *:Server=[Kaazing Gateway]::

label = g:!:INetSim:
sys   =
; source: responses in public captures; medium
sig   = *:Server=[INetSim]::

label = g:!:Roku:
sys   =
; source: responses in public captures; medium
sig   = *:Server=[Roku]::

label = g:!:MiniUPnPd:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[MiniUPnPd/]::

label = g:!:Boa:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[Boa/]::

label = g:!:mini_httpd:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[mini_httpd/]::

label = g:!:thttpd:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[thttpd/]::

label = g:!:RomPager:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[RomPager/]::

label = g:!:Allegro:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[Allegro-Software]::

label = g:!:Hikvision:
sys   =
; source: its maker's documentation; low
sig   = *:Server=[App-webs/]::
sig   = *:Server=[DNVRS-Webs]::
