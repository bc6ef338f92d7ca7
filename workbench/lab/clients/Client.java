/** Sends the hellos of Java: HttpClient, HttpsURLConnection, and a plain SSLSocket. */
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

public class Client {
    public static void main(String[] words) throws Exception {
        URI address = URI.create("https://" + words[1] + "/");
        if (words[0].equals("client")) {
            HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        } else if (words[0].equals("connection")) {
            address.toURL().openStream();
        } else {
            SSLSocketFactory made = (SSLSocketFactory) SSLSocketFactory.getDefault();
            ((SSLSocket) made.createSocket(address.getHost(), address.getPort())).startHandshake();
        }
    }
}
