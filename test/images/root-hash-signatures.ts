// Signatures of one root hash that openssl has made, with the certificates of their signers; the keys are thrown away.

/** What is signed, as ASCII. */
export const signedRootHash = "0123456789abcdef".repeat(4);

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

/** A certificate of a key on the curve P-256, with the serial number 0x1234abcd. */
export const ecCertificate = fromBase64(
  "MIIBkjCCATmgAwIBAgIEEjSrzTAKBggqhkjOPQQDAjAmMRAwDgYDVQQKDAdFeGFtcGxlMRIwEAYDVQQDDAlFQyBzaWduZXIwIBcNMjYxMjAx" +
    "MDQ0NjExWhgPMjEyNjExMDcwNDQ2MTFaMCYxEDAOBgNVBAoMB0V4YW1wbGUxEjAQBgNVBAMMCUVDIHNpZ25lcjBZMBMGByqGSM49AgEGCCqG" +
    "SM49AwEHA0IABH3DBlXq90QQ+OHWxAB4XOwvdL78rTX/TeNFtKUuMKKwsrAgPKA7SIqE2Ce/+FecWGjqzOGv4iC7B7quKeXpRkGjUzBRMB0G" +
    "A1UdDgQWBBQPHMCAtDxyqJ2/gpldtOkj18nYSDAfBgNVHSMEGDAWgBQPHMCAtDxyqJ2/gpldtOkj18nYSDAPBgNVHRMBAf8EBTADAQH/MAoG" +
    "CCqGSM49BAMCA0cAMEQCIHjWJQAiaPiYX1YjyE6kFEzOQ6TItTSe0h9pzD/tnFrbAiBJvSBfwEelKG4yD1SgTN3KB0v6l++nW17Ei+kTmw0M" +
    "qw==",
);

/** A certificate of an RSA key, with the serial number 7. */
export const rsaCertificate = fromBase64(
  "MIIB9TCCAV6gAwIBAgIBBzANBgkqhkiG9w0BAQsFADAVMRMwEQYDVQQDDApSU0Egc2lnbmVyMCAXDTI2MTIwMTA0NDYxMVoYDzIxMjYxMTA3" +
    "MDQ0NjExWjAVMRMwEQYDVQQDDApSU0Egc2lnbmVyMIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDYXypgVXrWnwFHM2HRaDs+YuD9nQU2" +
    "7PD8/7au2mYcExHpsrfHCRMh6+YUKrw5xg37rILo85YyAfWuSjSDphdkKvF6qOoCpp/BQq70LIc/B+LxnZ/gGy9TXzJQmBrOZvTyvT7SasOx" +
    "+frjsMBUtdf6LJtg23k2lT23AZNYfyeUMQIDAQABo1MwUTAdBgNVHQ4EFgQU4/p1dIHRV/B/9u/j1fkBr4Z+pl0wHwYDVR0jBBgwFoAU4/p1" +
    "dIHRV/B/9u/j1fkBr4Z+pl0wDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOBgQB+uUekf67sTFt4iU25k4cD0QVWTBeKoMKOzMvt" +
    "L+GOtKPkgB8d2i11yYMHs8P8ZeDmtNng33VIu5mJj1qqh/T2pYui/XVUK7VSrE5WONAu7iFfpb0rDbWI6FUSO04Nbs78h7j8YhfhdBrqkYVw" +
    "5fNgo9YDeznYO939eIAS7basFw==",
);

/** `openssl cms -sign -noattr -md sha256`: of the content itself. */
export const ecSignature = fromBase64(
  "MIICZwYJKoZIhvcNAQcCoIICWDCCAlQCAQExDTALBglghkgBZQMEAgEwCwYJKoZIhvcNAQcBoIIBljCCAZIwggE5oAMCAQICBBI0q80wCgYI" +
    "KoZIzj0EAwIwJjEQMA4GA1UECgwHRXhhbXBsZTESMBAGA1UEAwwJRUMgc2lnbmVyMCAXDTI2MTIwMTA0NDYxMVoYDzIxMjYxMTA3MDQ0NjEx" +
    "WjAmMRAwDgYDVQQKDAdFeGFtcGxlMRIwEAYDVQQDDAlFQyBzaWduZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR9wwZV6vdEEPjh1sQA" +
    "eFzsL3S+/K01/03jRbSlLjCisLKwIDygO0iKhNgnv/hXnFho6szhr+Iguwe6rinl6UZBo1MwUTAdBgNVHQ4EFgQUDxzAgLQ8cqidv4KZXbTp" +
    "I9fJ2EgwHwYDVR0jBBgwFoAUDxzAgLQ8cqidv4KZXbTpI9fJ2EgwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB41iUAImj4" +
    "mF9WI8hOpBRMzkOkyLU0ntIfacw/7Zxa2wIgSb0gX8BHpShuMg9UoEzdygdL+pfvp1texIvpE5sNDKsxgZgwgZUCAQEwLjAmMRAwDgYDVQQK" +
    "DAdFeGFtcGxlMRIwEAYDVQQDDAlFQyBzaWduZXICBBI0q80wCwYJYIZIAWUDBAIBMAoGCCqGSM49BAMCBEcwRQIhAKeAxdUCIQIIn2cCcrf6" +
    "zND7xkp2qTQxQCk0byuA9YtiAiBuN55Hc4i+h+8ehCZET2TiGhAnpTG3dx1yhDV/Iffnyw==",
);

/** The same by the RSA key. */
export const rsaSignature = fromBase64(
  "MIIC8wYJKoZIhvcNAQcCoIIC5DCCAuACAQExDTALBglghkgBZQMEAgEwCwYJKoZIhvcNAQcBoIIB+TCCAfUwggFeoAMCAQICAQcwDQYJKoZI" +
    "hvcNAQELBQAwFTETMBEGA1UEAwwKUlNBIHNpZ25lcjAgFw0yNjEyMDEwNDQ2MTFaGA8yMTI2MTEwNzA0NDYxMVowFTETMBEGA1UEAwwKUlNB" +
    "IHNpZ25lcjCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEA2F8qYFV61p8BRzNh0Wg7PmLg/Z0FNuzw/P+2rtpmHBMR6bK3xwkTIevmFCq8" +
    "OcYN+6yC6POWMgH1rko0g6YXZCrxeqjqAqafwUKu9CyHPwfi8Z2f4BsvU18yUJgazmb08r0+0mrDsfn647DAVLXX+iybYNt5NpU9twGTWH8n" +
    "lDECAwEAAaNTMFEwHQYDVR0OBBYEFOP6dXSB0Vfwf/bv49X5Aa+GfqZdMB8GA1UdIwQYMBaAFOP6dXSB0Vfwf/bv49X5Aa+GfqZdMA8GA1Ud" +
    "EwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADgYEAfrlHpH+u7ExbeIlNuZOHA9EFVkwXiqDCjszL7S/hjrSj5IAfHdotdcmDB7PD/GXg5rTZ" +
    "4N91SLuZiY9aqof09qWLov11VCu1UqxOVjjQLu4hX6W9Kw21iOhVEjtODW7O/Ie4/GIX4XQa6pGFcOXzYKPWA3s52Dvd/XiAEu22rBcxgcEw" +
    "gb4CAQEwGjAVMRMwEQYDVQQDDApSU0Egc2lnbmVyAgEHMAsGCWCGSAFlAwQCATANBgkqhkiG9w0BAQEFAASBgNROhA+R83qlmsh0go06pCcQ" +
    "uVIf0uBCCQChv1yaYgevz++Hp4Iv4QPCfHrTLqpAICGqa9vPJoS3opB+z5YtTaOPYng6od2IUsrBpD8XQGx+JrqiWVi20z4Jw6e6MhDBZaHx" +
    "xzhI0vStZuA8qUJ7PcXPSBKqLoHcDyjXrWu9vFej",
);

/** `openssl cms -sign -md sha512`: of attributes that hold the digest. */
export const attributesSignature = fromBase64(
  "MIIC9QYJKoZIhvcNAQcCoIIC5jCCAuICAQExDTALBglghkgBZQMEAgMwCwYJKoZIhvcNAQcBoIIBljCCAZIwggE5oAMCAQICBBI0q80wCgYI" +
    "KoZIzj0EAwIwJjEQMA4GA1UECgwHRXhhbXBsZTESMBAGA1UEAwwJRUMgc2lnbmVyMCAXDTI2MTIwMTA0NDYxMVoYDzIxMjYxMTA3MDQ0NjEx" +
    "WjAmMRAwDgYDVQQKDAdFeGFtcGxlMRIwEAYDVQQDDAlFQyBzaWduZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR9wwZV6vdEEPjh1sQA" +
    "eFzsL3S+/K01/03jRbSlLjCisLKwIDygO0iKhNgnv/hXnFho6szhr+Iguwe6rinl6UZBo1MwUTAdBgNVHQ4EFgQUDxzAgLQ8cqidv4KZXbTp" +
    "I9fJ2EgwHwYDVR0jBBgwFoAUDxzAgLQ8cqidv4KZXbTpI9fJ2EgwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB41iUAImj4" +
    "mF9WI8hOpBRMzkOkyLU0ntIfacw/7Zxa2wIgSb0gX8BHpShuMg9UoEzdygdL+pfvp1texIvpE5sNDKsxggElMIIBIQIBATAuMCYxEDAOBgNV" +
    "BAoMB0V4YW1wbGUxEjAQBgNVBAMMCUVDIHNpZ25lcgIEEjSrzTALBglghkgBZQMEAgOggYkwGAYJKoZIhvcNAQkDMQsGCSqGSIb3DQEHATAc" +
    "BgkqhkiG9w0BCQUxDxcNMjYxMjAxMDQ0NjExWjBPBgkqhkiG9w0BCQQxQgRArSmBqli+ymOkm4gxJ0uJ2Bdmoj15MkdPA+Vc8Ay+JwBOZv0J" +
    "Eq7Qs8sa/uKqkEEVyJ20nWybrXhVIwI6nDCVYTAKBggqhkjOPQQDBARHMEUCIQDZh7k4wgVw0xAK91/R6zldRlE4SsNH94b1m4hMtuhzcwIg" +
    "dRxGdaY0VEEI171wGfpfY2muDpFiMrrEf9dpHZpaz7Y=",
);

/** `openssl cms -sign -noattr -keyid`: the signer is named by the number of its key. */
export const keyIdSignature = fromBase64(
  "MIICSgYJKoZIhvcNAQcCoIICOzCCAjcCAQMxDTALBglghkgBZQMEAgEwCwYJKoZIhvcNAQcBoIIBljCCAZIwggE5oAMCAQICBBI0q80wCgYI" +
    "KoZIzj0EAwIwJjEQMA4GA1UECgwHRXhhbXBsZTESMBAGA1UEAwwJRUMgc2lnbmVyMCAXDTI2MTIwMTA0NDYxMVoYDzIxMjYxMTA3MDQ0NjEx" +
    "WjAmMRAwDgYDVQQKDAdFeGFtcGxlMRIwEAYDVQQDDAlFQyBzaWduZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR9wwZV6vdEEPjh1sQA" +
    "eFzsL3S+/K01/03jRbSlLjCisLKwIDygO0iKhNgnv/hXnFho6szhr+Iguwe6rinl6UZBo1MwUTAdBgNVHQ4EFgQUDxzAgLQ8cqidv4KZXbTp" +
    "I9fJ2EgwHwYDVR0jBBgwFoAUDxzAgLQ8cqidv4KZXbTpI9fJ2EgwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB41iUAImj4" +
    "mF9WI8hOpBRMzkOkyLU0ntIfacw/7Zxa2wIgSb0gX8BHpShuMg9UoEzdygdL+pfvp1texIvpE5sNDKsxfDB6AgEDgBQPHMCAtDxyqJ2/gpld" +
    "tOkj18nYSDALBglghkgBZQMEAgEwCgYIKoZIzj0EAwIERjBEAiADgvymUC4ExQiLUXV1DecpB8eNN8CZGAp7PUfgc+daAAIgQLGtiktKpu1Y" +
    "rF50w1S104e9jwrk+TsvtdLtFcWjQjc=",
);

/** `openssl cms -sign -noattr -nocerts`: without the certificate. */
export const bareSignature = fromBase64(
  "MIHMBgkqhkiG9w0BBwKggb4wgbsCAQExDTALBglghkgBZQMEAgEwCwYJKoZIhvcNAQcBMYGZMIGWAgEBMC4wJjEQMA4GA1UECgwHRXhhbXBs" +
    "ZTESMBAGA1UEAwwJRUMgc2lnbmVyAgQSNKvNMAsGCWCGSAFlAwQCATAKBggqhkjOPQQDAgRIMEYCIQDIAG/bUt8fY8f0pTKoqk5eqJSSulsL" +
    "QONpBmDec8vSegIhAIW/+RxoCm6lxosrGwdomRxKKSAKzAfcZT0S5rjo+ktd",
);

/** One signature by both keys. */
export const twoSignersSignature = fromBase64(
  "MIIFIgYJKoZIhvcNAQcCoIIFEzCCBQ8CAQExDTALBglghkgBZQMEAgEwCwYJKoZIhvcNAQcBoIIDjzCCAZIwggE5oAMCAQICBBI0q80wCgYI" +
    "KoZIzj0EAwIwJjEQMA4GA1UECgwHRXhhbXBsZTESMBAGA1UEAwwJRUMgc2lnbmVyMCAXDTI2MTIwMTA0NDYxMVoYDzIxMjYxMTA3MDQ0NjEx" +
    "WjAmMRAwDgYDVQQKDAdFeGFtcGxlMRIwEAYDVQQDDAlFQyBzaWduZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR9wwZV6vdEEPjh1sQA" +
    "eFzsL3S+/K01/03jRbSlLjCisLKwIDygO0iKhNgnv/hXnFho6szhr+Iguwe6rinl6UZBo1MwUTAdBgNVHQ4EFgQUDxzAgLQ8cqidv4KZXbTp" +
    "I9fJ2EgwHwYDVR0jBBgwFoAUDxzAgLQ8cqidv4KZXbTpI9fJ2EgwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB41iUAImj4" +
    "mF9WI8hOpBRMzkOkyLU0ntIfacw/7Zxa2wIgSb0gX8BHpShuMg9UoEzdygdL+pfvp1texIvpE5sNDKswggH1MIIBXqADAgECAgEHMA0GCSqG" +
    "SIb3DQEBCwUAMBUxEzARBgNVBAMMClJTQSBzaWduZXIwIBcNMjYxMjAxMDQ0NjExWhgPMjEyNjExMDcwNDQ2MTFaMBUxEzARBgNVBAMMClJT" +
    "QSBzaWduZXIwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBANhfKmBVetafAUczYdFoOz5i4P2dBTbs8Pz/tq7aZhwTEemyt8cJEyHr5hQq" +
    "vDnGDfusgujzljIB9a5KNIOmF2Qq8Xqo6gKmn8FCrvQshz8H4vGdn+AbL1NfMlCYGs5m9PK9PtJqw7H5+uOwwFS11/osm2DbeTaVPbcBk1h/" +
    "J5QxAgMBAAGjUzBRMB0GA1UdDgQWBBTj+nV0gdFX8H/27+PV+QGvhn6mXTAfBgNVHSMEGDAWgBTj+nV0gdFX8H/27+PV+QGvhn6mXTAPBgNV" +
    "HRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GBAH65R6R/ruxMW3iJTbmThwPRBVZMF4qgwo7My+0v4Y60o+SAHx3aLXXJgwezw/xl4Oa0" +
    "2eDfdUi7mYmPWqqH9Pali6L9dVQrtVKsTlY40C7uIV+lvSsNtYjoVRI7Tg1uzvyHuPxiF+F0GuqRhXDl82Cj1gN7Odg73f14gBLttqwXMYIB" +
    "WTCBlQIBATAuMCYxEDAOBgNVBAoMB0V4YW1wbGUxEjAQBgNVBAMMCUVDIHNpZ25lcgIEEjSrzTALBglghkgBZQMEAgEwCgYIKoZIzj0EAwIE" +
    "RzBFAiB1TBkiG7wYNsncBskurZeE1OV4CBjJ+pM8Gg56c609vwIhAIy8trZQds5Rg1RXg74132B0ZDi0WKRNPADdhh5om+DLMIG+AgEBMBow" +
    "FTETMBEGA1UEAwwKUlNBIHNpZ25lcgIBBzALBglghkgBZQMEAgEwDQYJKoZIhvcNAQEBBQAEgYDUToQPkfN6pZrIdIKNOqQnELlSH9LgQgkA" +
    "ob9cmmIHr8/vh6eCL+EDwnx60y6qQCAhqmvbzyaEt6KQfs+WLU2jj2J4OqHdiFLKwaQ/F0Bsfia6ollYttM+CcOnujIQwWWh8cc4SNL0rWbg" +
    "PKlCez3Fz0gSqi6B3A8o161rvbxXow==",
);

/** `openssl dgst -sha256 -sign`: a signature by the key on the curve, and one by the RSA key with the padding PSS. */
export const rawEcSignature = fromBase64(
  "MEUCICs85gKRi9Z59udQmP/qQZahrqn8GL1oIzDQWf2PFqQ8AiEAqDkysmDhg38D99LbsfUrUhgfKQD2grWuPTwmB9xsEnU=",
);

export const rawPssSignature = fromBase64(
  "PcOK7TjoARxoj2aej6REvc6csG/iIsQB9t1eX3oScjARR0PjswgweO6SVyajXw5wlDGa9eT5PE/edDmsdzUYmFKrnv+NNpP3vTv2UIv3WOtD" +
    "+c0twyXovLMWFDAflmEbFs+Z/pBOUUiZReBrniOqUJ8Lb8PuY2YVUjYkIeWZuXc=",
);
