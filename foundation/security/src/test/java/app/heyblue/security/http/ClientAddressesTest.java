package app.heyblue.security.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.security.House;
import io.quarkus.runtime.StartupEvent;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {
  private static final ClientAddresses PROXIED = with("10.0.0.0/8", "2001:db8:1::/48");

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 198.51.100.1, 203.0.113.9",
    "10.1.2.3, 198.51.100.1, 198.51.100.1",
    "10.1.2.3, '6.6.6.6, 198.51.100.1', 198.51.100.1",
    "10.1.2.3, '6.6.6.6,127.0.0.1 ,  198.51.100.1,10.9.9.9', 198.51.100.1",
    "10.1.2.3, 198.51.100.1:4711, 198.51.100.1",
    "10.1.2.3, [2001:db8:2::1]:4711, 2001:db8:2:0:0:0:0:1",
    "10.1.2.3, 2001:db8:2::1, 2001:db8:2:0:0:0:0:1",
    "10.1.2.3, '198.51.100.1, unknown', 10.1.2.3",
    "10.1.2.3, '', 10.1.2.3",
    "10.1.2.3, '10.1.1.1, 10.1.1.2', 10.1.1.1",
    "2001:db8:1::9, 198.51.100.1, 198.51.100.1"
  })
  void theClientIsTheFirstAddressFromTheEndThatIsNoProxyOfOurs(
      String peer, String forwarded, String client) {
    assertThat(resolve(PROXIED, peer, List.of(forwarded))).isEqualTo(client);
  }

  @Test
  void aHeaderGivenTwiceIsOneList() {
    assertThat(resolve(PROXIED, "10.0.0.1", List.of("6.6.6.6", "198.51.100.1")))
        .isEqualTo("198.51.100.1");
  }

  @Test
  void withoutANamedProxyTheHeaderIsIgnored() {
    assertThat(resolve(with(), "127.0.0.1", List.of("6.6.6.6"))).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "::/129"})
  void whatIsNoNetworkStopsTheStartWithOneSentence(String text) {
    assertThatThrownBy(() -> with(text).start(new StartupEvent()))
        .isInstanceOf(IllegalArgumentException.class)
        .as("the start tells the innermost")
        .hasNoCause()
        .hasMessageContaining("HEYBLUE_TRUSTED_PROXY names \"" + text + "\"");
  }

  private static String resolve(ClientAddresses addresses, String peer, List<String> forwarded) {
    InetAddress client = addresses.resolve(InetAddress.ofLiteral(peer), forwarded);
    return client == null ? "" : client.getHostAddress();
  }

  private static ClientAddresses with(String... proxies) {
    return new ClientAddresses(House.config(Path.of("none")).withTrustedProxies(List.of(proxies)));
  }
}
