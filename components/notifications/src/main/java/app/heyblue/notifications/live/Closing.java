package app.heyblue.notifications.live;

/** Why the server closes a socket (RFC 6455, 7.4; 4000 to 4999 are ours). */
enum Closing {
  STOPPING(1001, "the server stops; connect again"),
  TOO_LARGE(1009, "a message has at most 65536 bytes"),
  SIGNED_OUT(4401, "the token isn't valid, ran out, or its session ended"),
  NO_TOKEN(4402, "the first message must be the token"),
  OTHER_PARTY(4403, "the token is another party's"),
  SILENT(4408, "no token came in time, no pong, or half a message"),
  REPLACED(4409, "the party opened too many sockets; this was the oldest"),
  UNREAD(4413, "messages aren't read"),
  TOO_MANY(4429, "too many messages, or too many that can't be read");

  private final short code;
  private final String reason;

  Closing(int code, String reason) {
    this.code = (short) code;
    this.reason = reason;
  }

  short code() {
    return code;
  }

  String reason() {
    return reason;
  }
}
