package app.heyblue.security.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final int MORE_THAN_IS_BUFFERED = 200_000;

  private record Settings(int most, int perAddress, Duration patience, int leastBytesPerSecond)
      implements ConnectionsConfig {}

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new Pace(new Settings(1, 1, Duration.ofSeconds(30), 512)));

  @Test
  void whoDoesntReadAnAnswerIsCutOff() {
    var _ = channel.write(Unpooled.buffer().writeZero(MORE_THAN_IS_BUFFERED));
    channel.runPendingTasks();
    pass(Duration.ofSeconds(31));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whoReadsItMayTakeTheirTime() {
    var _ = channel.write(Unpooled.buffer().writeZero(MORE_THAN_IS_BUFFERED));
    channel.runPendingTasks();
    channel.flush();
    var _ = channel.write(Unpooled.buffer().writeZero(MORE_THAN_IS_BUFFERED));
    channel.runPendingTasks();
    pass(Duration.ofSeconds(31));
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void whoSendsARequestByteByByteIsCutOffAndALiveSocketIsnt() {
    Settings impatient = new Settings(1, 1, Duration.ofMillis(1), 512);
    EmbeddedChannel slow = new EmbeddedChannel(new Pace(impatient));
    EmbeddedChannel socket =
        new EmbeddedChannel(
            new Pace(impatient), new WebSocket13FrameDecoder(true, false, 1024, false));
    for (EmbeddedChannel each : List.of(slow, socket)) {
      each.writeInbound(Unpooled.buffer().writeByte(0x81));
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < Duration.ofMillis(20).toNanos()) {
        Thread.onSpinWait();
      }
      each.writeInbound(Unpooled.buffer().writeByte(0x80));
    }
    assertThat(slow.isOpen()).isFalse();
    assertThat(socket.isOpen()).isTrue();
  }

  private void pass(Duration time) {
    channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }
}
