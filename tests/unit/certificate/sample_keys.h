// Keys and certificates for the tests: a chain root - middle - leaf on P-256, and one RSA key of 2,048 bits
// in every form of its public half. Made for these tests with openssl and ssh-keygen; used nowhere else.
#pragma once

#include <string_view>

namespace wardkeep::certificate::sample {

inline constexpr std::string_view kRoot =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBZDCCAQqgAwIBAgIUNvgYWxNP8B7YgLRgi+segpBEeywwCgYIKoZIzj0EAwIw\n"
    "DzENMAsGA1UEAwwEcm9vdDAgFw0yNjExMjIxNzQ0MTdaGA8yMTI2MTAyOTE3NDQx\n"
    "N1owDzENMAsGA1UEAwwEcm9vdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGZv\n"
    "d2EBHzRqES9Rb2WG4mStlGfQkcA3ta06I6K84cd4So+9hl2fxvEjhwEAxpc+3Qds\n"
    "cp/D2YyOWWBu9SXpa9ijQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQD\n"
    "AgEGMB0GA1UdDgQWBBTw3ZBW+ubVyB0aYNuzyTAJYpjO0jAKBggqhkjOPQQDAgNI\n"
    "ADBFAiBBV8Y/IPSTkY2NkHgtrsUS8q0nuUfx1Yabk+0mxG3iggIhANWIN7LuQOLe\n"
    "igWUrnaFfaCbcOCHvpTUfIbotEgut7qx\n"
    "-----END CERTIFICATE-----\n";

inline constexpr std::string_view kMiddle =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBhzCCAS2gAwIBAgIUYVd8l0Z7h+SnMXEw09b2fVFZtdIwCgYIKoZIzj0EAwIw\n"
    "DzENMAsGA1UEAwwEcm9vdDAgFw0yNjExMjIxNzQ0MTdaGA8yMTI2MTAyOTE3NDQx\n"
    "N1owETEPMA0GA1UEAwwGbWlkZGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
    "CWRQtQEwPL1uHXNIPVUd28mtAs5M0gxt1dTYWc6KkuSWnMV3xGIsjfMk9OJCu4FS\n"
    "PtMb1UU4Yj3MwUfhXL3s6KNjMGEwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8E\n"
    "BAMCAQYwHQYDVR0OBBYEFN2sXJk2OKdswImb2wVxMywoJfs+MB8GA1UdIwQYMBaA\n"
    "FPDdkFb65tXIHRpg27PJMAlimM7SMAoGCCqGSM49BAMCA0gAMEUCIQD2LZzt84fe\n"
    "OTGSylCaznbqTFivi/iem1uPmEB6i4CnTQIgSBjvRafIKzRxFeyPt2hZe/ZtKpCa\n"
    "L7EspRA6ML5uAEI=\n"
    "-----END CERTIFICATE-----\n";

inline constexpr std::string_view kLeaf =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBgzCCASqgAwIBAgIUBkagy1CSxuwl0dYr9plwO7ZUGoswCgYIKoZIzj0EAwIw\n"
    "ETEPMA0GA1UEAwwGbWlkZGxlMCAXDTI2MTEyMjE3NDQxN1oYDzIxMjYxMDI5MTc0\n"
    "NDE3WjAPMQ0wCwYDVQQDDARsZWFmMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
    "bhWU/kBMSQi6lk3EEA+nYuvSyZaE9wLac57NRcsa62dHtDQhp8lje6Z9oNRloPo9\n"
    "1lBU4U2e8wsvUN6z7W/IJKNgMF4wDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMC\n"
    "B4AwHQYDVR0OBBYEFDFIYIA1OYg2piiYh/tg3XY4V+usMB8GA1UdIwQYMBaAFN2s\n"
    "XJk2OKdswImb2wVxMywoJfs+MAoGCCqGSM49BAMCA0cAMEQCICbJTSHOYOY7j36y\n"
    "qmlq2r8cIO+QnOkHJ0jmlD2NhjOKAiBx10O7xuhFuy9By2eR2LsaVO1zj7JoVvdU\n"
    "U2VdYHirIw==\n"
    "-----END CERTIFICATE-----\n";

inline constexpr std::string_view kMiddleKey =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgUdYmbIMKtZ2uMoBr\n"
    "Dcg3pY38TmUjpy43f5LbaixBt1WhRANCAAQJZFC1ATA8vW4dc0g9VR3bya0CzkzS\n"
    "DG3V1NhZzoqS5JacxXfEYiyN8yT04kK7gVI+0xvVRThiPczBR+Fcvezo\n"
    "-----END PRIVATE KEY-----\n";

inline constexpr std::string_view kLeafKey =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg+V15tBBUP09lkG8Q\n"
    "3s9NQOe918t45E3aTjiZ6CBEwh6hRANCAARuFZT+QExJCLqWTcQQD6di69LJloT3\n"
    "Atpzns1FyxrrZ0e0NCGnyWN7pn2g1GWg+j3WUFThTZ7zCy9Q3rPtb8gk\n"
    "-----END PRIVATE KEY-----\n";

inline constexpr std::string_view kLeafKeySec1 =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MHcCAQEEIPldebQQVD9PZZBvEN7PTUDnvdfLeORN2k44meggRMIeoAoGCCqGSM49\n"
    "AwEHoUQDQgAEbhWU/kBMSQi6lk3EEA+nYuvSyZaE9wLac57NRcsa62dHtDQhp8lj\n"
    "e6Z9oNRloPo91lBU4U2e8wsvUN6z7W/IJA==\n"
    "-----END EC PRIVATE KEY-----\n";

inline constexpr std::string_view kLeafKeyEncrypted =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjb000/aa464gICCAAw\n"
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEMP0jqjblyHh88Jt2LY3YGEEgZAP\n"
    "3lSCPKyn4gaPhN/7xaW5yQkcviAu0Xacur9kyPK1ITMnCbX49vpKU9wTKfBjOhDc\n"
    "cFQnG0SoY3E2uvhbwSuCY3vVlrMwRAmA9xdnQIsY+sf/Euxr9RRBzTFVuCnDiylu\n"
    "JmfdAzWNWyL9+L6pM/04p16ZLhsXI8hXfFRyiMiW7yy5xEnOOaFeUnySzWPuOPU=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";

inline constexpr std::string_view kRsaPem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuTJ7jS0tojUgTkSpmgVW\n"
    "O5AJ0cuxaUnIYEfHbM5uGsD/DOIOnLuh5ikkoX+SSRYzHuQgV5w9VdyvQk5kSPhW\n"
    "b356KITRxJ7GPeCLDTxMOQeKoM3Z/gz6dD1MiUn4IW0EgGDinjc/mJ5OU6K5ECsS\n"
    "SxfYDQb7JKtWf8zuNTWya4Wd2Vl0FL3U9rCAELALUCjsx+Ec83I93vHe50XCpUdf\n"
    "0a+IlYVypLvCgGEaeQ2Br0BhaS/xDuFQbawnZaSAudjhm2RwP6NZEJ2a61+ioUOq\n"
    "Uxw/nknpDyieRF+iju6nAN8e1ztbeP4tOyizVnbZ9xSJnaXRJb3W932NMbYLuN5a\n"
    "uQIDAQAB\n"
    "-----END PUBLIC KEY-----\n";

inline constexpr std::string_view kRsaPkcs1Pem =
    "-----BEGIN RSA PUBLIC KEY-----\n"
    "MIIBCgKCAQEAuTJ7jS0tojUgTkSpmgVWO5AJ0cuxaUnIYEfHbM5uGsD/DOIOnLuh\n"
    "5ikkoX+SSRYzHuQgV5w9VdyvQk5kSPhWb356KITRxJ7GPeCLDTxMOQeKoM3Z/gz6\n"
    "dD1MiUn4IW0EgGDinjc/mJ5OU6K5ECsSSxfYDQb7JKtWf8zuNTWya4Wd2Vl0FL3U\n"
    "9rCAELALUCjsx+Ec83I93vHe50XCpUdf0a+IlYVypLvCgGEaeQ2Br0BhaS/xDuFQ\n"
    "bawnZaSAudjhm2RwP6NZEJ2a61+ioUOqUxw/nknpDyieRF+iju6nAN8e1ztbeP4t\n"
    "OyizVnbZ9xSJnaXRJb3W932NMbYLuN5auQIDAQAB\n"
    "-----END RSA PUBLIC KEY-----\n";

inline constexpr std::string_view kRsaSsh =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC5MnuNLS2iNSBORKmaBVY7kAnRy7FpSchgR8dszm4awP8M4g6cu6"
    "HmKSShf5JJFjMe5CBXnD1V3K9CTmRI+FZvfnoohNHEnsY94IsNPEw5B4qgzdn+DPp0PUyJSfghbQSAYOKeNz+Ynk5T"
    "orkQKxJLF9gNBvskq1Z/zO41NbJrhZ3ZWXQUvdT2sIAQsAtQKOzH4Rzzcj3e8d7nRcKlR1/Rr4iVhXKku8KAYRp5DY"
    "GvQGFpL/EO4VBtrCdlpIC52OGbZHA/o1kQnZrrX6KhQ6pTHD+eSekPKJ5EX6KO7qcA3x7XO1t4/i07KLNWdtn3FImd"
    "pdElvdb3fY0xtgu43lq5";

// As ssh-keygen -l -E md5 prints it.
inline constexpr std::string_view kRsaFingerprint = "59:5f:68:90:0d:bf:cd:73:b1:59:0f:b2:23:f8:70:4f";

}  // namespace wardkeep::certificate::sample
