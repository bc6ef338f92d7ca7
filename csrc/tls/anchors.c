/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * anchors.c - names from the lists of Mozilla's root programme, of 2010 to 2026, whose owners also had certificates
 * from older authorities. Servers send such a certificate for old clients; all others have the anchor itself, and do
 * not check it. */
#include "tls/anchors.h"

static const char *const NAMES[] = {
    "AAA Certificate Services",
    "AddTrust External CA Root",
    "Amazon Root CA 1",
    "Amazon Root CA 2",
    "Amazon Root CA 3",
    "Amazon Root CA 4",
    "Baltimore CyberTrust Root",
    "COMODO Certification Authority",
    "COMODO ECC Certification Authority",
    "COMODO RSA Certification Authority",
    "Certum Trusted Network CA",
    "DST Root CA X3",
    "DigiCert Assured ID Root CA",
    "DigiCert Global Root CA",
    "DigiCert Global Root G2",
    "DigiCert High Assurance EV Root CA",
    "Entrust Root Certification Authority",
    "Entrust Root Certification Authority - G2",
    "Entrust.net Certification Authority (2048)",
    "GTS Root R1",
    "GTS Root R2",
    "GTS Root R3",
    "GTS Root R4",
    "GeoTrust Global CA",
    "GeoTrust Primary Certification Authority",
    "GeoTrust Primary Certification Authority - G3",
    "GlobalSign",
    "GlobalSign Root CA",
    "Go Daddy Root Certificate Authority - G2",
    "ISRG Root X1",
    "ISRG Root X2",
    "Network Solutions Certificate Authority",
    "QuoVadis Root CA 2",
    "SSL.com Root Certification Authority RSA",
    "SecureTrust CA",
    "Starfield Root Certificate Authority - G2",
    "Starfield Services Root Certificate Authority - G2",
    "USERTrust ECC Certification Authority",
    "USERTrust RSA Certification Authority",
    "UTN-USERFirst-Hardware",
    "VeriSign Class 3 Public Primary Certification Authority - G5",
    "VeriSign Universal Root Certification Authority",
    "thawte Primary Root CA",
    "thawte Primary Root CA - G3",
};

int hg_is_anchor_name(hg_span name)
{
    for (uint32_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (hg_span_equal(name, hg_span_of_word(NAMES[i])))
            return 1;
    return 0;
}
