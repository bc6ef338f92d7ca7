// Sends the ClientHellos of Go: by net/http, and by crypto/tls alone.
package main

import (
	"crypto/tls"
	"net/http"
	"os"
)

func main() {
	settings := &tls.Config{InsecureSkipVerify: true}
	if os.Args[1] == "http" {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.TLSClientConfig = settings
		(&http.Client{Transport: transport}).Get("https://" + os.Args[2] + "/")
		return
	}
	tls.Dial("tcp", os.Args[2], settings)
}
