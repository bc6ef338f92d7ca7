/* Sends the hello of wolfSSL: wolf HOST PORT, linked with -lwolfssl. */
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>

#include <netdb.h>
#include <string.h>

int main(int count, char **words)
{
    struct addrinfo *found = NULL;
    if (count != 3 || getaddrinfo(words[1], words[2], &(struct addrinfo){.ai_socktype = SOCK_STREAM}, &found) != 0)
        return 2;
    int fd = socket(found->ai_family, SOCK_STREAM, 0);
    if (connect(fd, found->ai_addr, found->ai_addrlen) != 0)
        return 2;
    wolfSSL_Init();
    WOLFSSL *ssl = wolfSSL_new(wolfSSL_CTX_new(wolfTLS_client_method()));
    wolfSSL_UseSNI(ssl, WOLFSSL_SNI_HOST_NAME, words[1], (unsigned short)strlen(words[1]));
    wolfSSL_set_fd(ssl, fd);
    wolfSSL_connect(ssl);
    return 0;
}
