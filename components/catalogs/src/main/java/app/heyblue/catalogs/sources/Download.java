package app.heyblue.catalogs.sources;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A body on its way into a file, counted and bounded. */
final class Download implements HttpResponse.BodySubscriber<Long> {
  private final FileChannel file;
  private final long most;
  private final AtomicLong received;
  private final CompletableFuture<Long> whole = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  /** More came than a file may have. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }

  /**
   * @param most in bytes
   * @param received counts what came
   */
  Download(FileChannel file, long most, AtomicLong received) {
    this.file = file;
    this.most = most;
    this.received = received;
  }

  @Override
  public CompletionStage<Long> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    begun.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    try {
      for (ByteBuffer buffer : part) {
        if (received.addAndGet(buffer.remaining()) > most) {
          throw new TooLarge();
        }
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
      }
      if (subscription != null) {
        subscription.request(1);
      }
    } catch (IOException e) {
      if (subscription != null) {
        subscription.cancel();
      }
      whole.completeExceptionally(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(received.get());
  }
}
