/* One end of SSH by libssh: "server ADDRESS PORT KEY" makes key exchanges for ever, "client ADDRESS PORT" makes one,
 * and without words it prints the version of the library. */
#include <libssh/libssh.h>
#include <libssh/server.h>
#include <stdio.h>
#include <string.h>

int main(int count, char **words)
{
    if (count == 1)
        return puts(ssh_version(0)) < 0;
    ssh_session talk = ssh_new();
    if (count == 4 && strcmp(words[1], "client") == 0) {
        ssh_options_set(talk, SSH_OPTIONS_HOST, words[2]);
        ssh_options_set(talk, SSH_OPTIONS_PORT_STR, words[3]);
        ssh_options_set(talk, SSH_OPTIONS_USER, "x");
        return ssh_connect(talk) != SSH_OK;
    }
    ssh_bind listener = ssh_bind_new();
    if (count != 5 || ssh_bind_options_set(listener, SSH_BIND_OPTIONS_BINDADDR, words[2]) != SSH_OK ||
        ssh_bind_options_set(listener, SSH_BIND_OPTIONS_BINDPORT_STR, words[3]) != SSH_OK ||
        ssh_bind_options_set(listener, SSH_BIND_OPTIONS_HOSTKEY, words[4]) != SSH_OK || ssh_bind_listen(listener) != SSH_OK)
        return 1;
    for (;; talk = ssh_new()) {
        if (ssh_bind_accept(listener, talk) == SSH_OK)
            (void)ssh_handle_key_exchange(talk);
        ssh_disconnect(talk);
        ssh_free(talk);
    }
}
