package app.heyblue.notifications.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
  private final Endpoints endpoints = new Endpoints(config(false));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://push.example/1",
        "ftp://push.example/1",
        "https://push.example:8443/1",
        "https://push.example:22/",
        "https://me@push.example/1",
        "https://me:secret@push.example/1",
        "https://push.example/1#there",
        "https:///1",
        "https:push.example",
        "https://push.example/a b",
        "https://push.example/\r\nHost: other",
        "https://push.example/\u00e9",
        "//push.example/1",
        "push.example",
        ""
      })
  void refusesWhatIsNoAddressOfAPushService(String text) {
    assertThat(endpoints.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://fcm.googleapis.com/fcm/send/abc:APA91b-_",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGxyz",
        "https://push.example:443/a?b=c"
      })
  void acceptsThoseOfPushServices(String text) {
    assertThat(endpoints.parse(text)).contains(URI.create(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://127.9.9.9/",
        "https://0.0.0.0/",
        "https://10.0.0.1/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest",
        "https://100.64.0.1/",
        "https://198.18.0.1/",
        "https://192.0.2.1/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://2130706433/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[::127.0.0.1]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://[fd12:3456::1]/",
        "https://[fec0::1]/",
        "https://[ff02::1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:db8::1]/",
        "https://localhost/"
      })
  void neverReachesIntoItsOwnNetwork(String text) throws UnknownHostException {
    Optional<URI> endpoint = endpoints.parse(text);
    if (endpoint.isPresent()) {
      assertThat(endpoints.resolve(endpoint.get())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "142.250.80.10", "2607:f8b0:4006:80a::200a", "100.128.0.1"})
  void reachesWhatIsForEverybody(String address) throws UnknownHostException {
    assertThat(Endpoints.isPublic(InetAddress.getByName(address))).isTrue();
  }

  private static PushConfig config(boolean local) {
    return new PushConfig() {
      @Override
      public Optional<URI> contact() {
        return Optional.empty();
      }

      @Override
      public boolean allowPrivateEndpoints() {
        return local;
      }
    };
  }
}
