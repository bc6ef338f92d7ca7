/* Sends the hello of Mbed TLS: mbed HOST PORT, linked with -lmbedtls -lmbedx509 -lmbedcrypto. */
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>

int main(int count, char **words)
{
    mbedtls_net_context net;
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context random;
    mbedtls_ssl_config settings;
    mbedtls_ssl_context ssl;
    mbedtls_net_init(&net);
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&random);
    mbedtls_ssl_config_init(&settings);
    mbedtls_ssl_init(&ssl);
    if (count != 3 || mbedtls_net_connect(&net, words[1], words[2], MBEDTLS_NET_PROTO_TCP) != 0)
        return 2;
    mbedtls_ctr_drbg_seed(&random, mbedtls_entropy_func, &entropy, NULL, 0);
    mbedtls_ssl_config_defaults(&settings, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                MBEDTLS_SSL_PRESET_DEFAULT);
    mbedtls_ssl_conf_authmode(&settings, MBEDTLS_SSL_VERIFY_NONE);
    mbedtls_ssl_conf_rng(&settings, mbedtls_ctr_drbg_random, &random);
    mbedtls_ssl_setup(&ssl, &settings);
    mbedtls_ssl_set_hostname(&ssl, words[1]);
    mbedtls_ssl_set_bio(&ssl, &net, mbedtls_net_send, mbedtls_net_recv, NULL);
    mbedtls_ssl_handshake(&ssl);
    return 0;
}
