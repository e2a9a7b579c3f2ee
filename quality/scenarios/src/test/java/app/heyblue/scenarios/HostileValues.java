package app.heyblue.scenarios;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What a field, a parameter, a header or a body may hold that nobody would send in good faith. */
final class HostileValues {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-1",
          "1",
          "1.5",
          "0.1e1",
          "1e2",
          "2147483648",
          "-2147483649",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "99999999999999999999999999999999999999",
          "1e400",
          "-1e400",
          "1e-400",
          "1e999999999",
          "1e-999999999",
          "9".repeat(999),
          "1" + "0".repeat(20_000));

  private static final List<String> TIMES =
      List.of(
          "2026-02-30T25:61:61Z",
          "2016-12-31T23:59:60Z",
          "+999999999-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59.999999999Z",
          "0000-01-01T00:00:00Z",
          "9999-12-31T23:59:59.999999999Z",
          "294277-01-01T00:00:00Z",
          "+294277-01-01T00:00:00Z",
          "-4714-01-01T00:00:00Z",
          "2026-01-01T00:00:00+99:99",
          "2026-01-01",
          "infinity",
          "now");

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "null",
          "NaN",
          "Infinity",
          "-Infinity",
          "true",
          "\u202e\u2066gnirts\u2069",
          "e" + "\u0301".repeat(200),
          "\ufeff",
          "\ufffe\uffff",
          "\ud83d\ude00\ud83c\udff3\ufe0f\u200d\ud83c\udf08",
          "\udbff\udfff",
          "\u0130\u0131\u1e9e\ufb03\u212a",
          "\u2028\u2029\u0085",
          "\r\nSet-Cookie: a=b",
          "\u001b[2J",
          "../../../../etc/passwd",
          "..\\..\\windows",
          "file:///etc/passwd",
          "http://127.0.0.1:1/",
          "' OR 1=1--",
          "%s%n%x{0}${jndi:ldap://127.0.0.1/a}#{7*7}",
          "<script>alert(1)</script>",
          "*",
          "%",
          "_",
          "\\",
          "\"",
          "-",
          ".",
          "/",
          "~0~1",
          "1-1-1-1-1",
          "00000000-0000-0000-0000-000000000000",
          "ffffffff-ffff-ffff-ffff-ffffffffffff",
          "a".repeat(300),
          "a".repeat(5_000),
          "a@" + "a-".repeat(100) + ".example",
          "a.".repeat(2_000),
          "(".repeat(2_000),
          "\ud83d\ude00".repeat(1_000));

  private static final List<String> ONLY_JSON =
      List.of(
          "null",
          "true",
          "false",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[{}]",
          "{\"\":null}",
          "{\"a\":1,\"a\":2}",
          "{\"value\":\"00000000-0000-7000-8000-000000000101\"}",
          "{\"@class\":\"java.lang.Runtime\",\"@type\":\"a\"}",
          "{\"__proto__\":{\"admin\":true}}",
          "NaN",
          "Infinity",
          "-Infinity",
          "01",
          "+1",
          ".5",
          "1.",
          "0x10",
          "'a'",
          "undefined",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\u0000\"",
          "\"\\x\"",
          "\"\\u12\"",
          "\"a\nb\"",
          "\"" + "a".repeat(200_000) + "\"",
          "\"" + "1".repeat(100_000) + "@example.org\"",
          "\"" + " ".repeat(100_000) + "\"",
          "\"" + "\\u0301".repeat(20_000) + "\"",
          "[" + "1,".repeat(50_000) + "1]",
          "[" + "\"a\",".repeat(1_000) + "\"a\"]",
          "[".repeat(10_000) + "]".repeat(10_000),
          "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
          "[".repeat(900) + "]".repeat(900),
          "{\"a\":".repeat(900) + "1" + "}".repeat(900),
          fields(5_000),
          "/* a */ 1",
          "1 1");

  /** Bytes that aren't UTF-8, or aren't what they seem. */
  private static final List<String> BYTES =
      List.of(
          "\"\u00ff\u00fe\"",
          "\"\u00c0\u00af\"",
          "\"\u00ed\u00a0\u0080\"",
          "\"\u00f4\u0090\u0080\u0080\"",
          "\"\u00f8\u0088\u0080\u0080\u0080\"",
          "\"\u00e2\u0082\"",
          "\u0000",
          "\u00ef\u00bb\u00bf1");

  static final Map<String, List<String>> HEADERS =
      Map.ofEntries(
          Map.entry(
              "Authorization",
              List.of(
                  "",
                  "Bearer",
                  "Bearer ",
                  "Bearer a.b.c",
                  "Bearer ..",
                  "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
                  "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
                  "Bearer " + "A".repeat(9_000),
                  "Bearer " + "A.".repeat(3_000),
                  "Bearer " + base64("{\"alg\":\"EdDSA\",\"kid\":\"\\u0000\"}") + ".e30.AA",
                  "Bearer " + base64("{\"alg\":" + "[".repeat(2_000) + "}") + ".e30.AA",
                  "Bearer " + base64("{\"alg\":1e999999999}") + ".e30.AA",
                  "Bearer \u00ff\u00fe",
                  "Basic YTpi",
                  "Basic !!!",
                  "Digest username=\"a\"",
                  "Negotiate AAAA")),
          Map.entry(
              "Content-Type",
              List.of(
                  "",
                  "application",
                  "application/json; charset=utf-16",
                  "application/json; charset=none",
                  "application/json; charset=\"",
                  "application/json;;;=",
                  "application/JSON",
                  "application/xml",
                  "application/problem+json",
                  "application/x-www-form-urlencoded",
                  "multipart/form-data",
                  "multipart/form-data; boundary=",
                  "multipart/form-data; boundary=x",
                  "multipart/mixed; boundary=" + "x".repeat(3_000),
                  "text/plain; charset=utf-7",
                  "*/*",
                  "\u00ff/\u00fe")),
          Map.entry(
              "Accept",
              List.of(
                  "",
                  "text/event-stream",
                  "application/x-ndjson",
                  "image/png",
                  "text/html",
                  "*",
                  "a/b;q=2",
                  "a/b;q=-1",
                  "a/b;q=NaN",
                  "application/json;q=0",
                  "application/xml",
                  "text/*;level=1,".repeat(500),
                  ",,,",
                  "\u00ff/\u00fe")),
          Map.entry(
              "Accept-Language",
              List.of("", "*", "xx-" + "a".repeat(500), "en;q=a", "x".repeat(9), ",;=", "\u00ff")),
          Map.entry("Accept-Encoding", List.of("", "gzip", "br", "identity;q=0", "*;q=0", "a;q=2")),
          Map.entry("Content-Encoding", List.of("", "gzip", "br", "deflate", "none", "gzip, gzip")),
          Map.entry(
              "Range",
              List.of("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=0-99999999999999999999", "a=b")),
          Map.entry(
              "If-Match",
              List.of(
                  "",
                  "*",
                  "\"1\"",
                  "W/\"1\"",
                  "\"9223372036854775808\"",
                  "\"-1\"",
                  "1",
                  "\"",
                  "\"a\", \"b\"",
                  "\u00ff",
                  "\"" + "1".repeat(5_000) + "\"")),
          Map.entry("If-None-Match", List.of("*", "\"1\"", "\"", "")),
          Map.entry("If-Modified-Since", List.of("yesterday", "Thu, 99 Jan 9999 99:99:99 GMT")),
          Map.entry(
              "Idempotency-Key",
              List.of(
                  "",
                  " ",
                  "a",
                  "\"a\"",
                  "encounter:1",
                  "a".repeat(5_000),
                  "\u00ff\u00fe",
                  "\u00c3\u00a9",
                  "a\tb",
                  "00000000-0000-0000-0000-000000000000")),
          Map.entry(
              "Last-Event-ID",
              List.of("", "-1", "1e9", "9223372036854775808", "-9223372036854775808", "\u00ff")),
          Map.entry(
              "traceparent",
              List.of(
                  "",
                  "00-00000000000000000000000000000000-0000000000000000-00",
                  "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                  "00-" + "z".repeat(32) + "-" + "z".repeat(16) + "-zz",
                  "00-4bf92f3577b34da6a3ce929d0e0e4736",
                  "0".repeat(5_000))),
          Map.entry("tracestate", List.of("=", "a=b,".repeat(1_000), "\u00ff")),
          Map.entry("baggage", List.of("=", "a=%zz;b", "a=b,".repeat(1_000))),
          Map.entry("X-Request-Id", List.of("", "a".repeat(5_000), "\u00ff", "${jndi:a}")),
          Map.entry("X-Forwarded-For", List.of("", "999.9.9.9", "::1", "a".repeat(5_000), ",,,")),
          Map.entry("X-Forwarded-Prefix", List.of("//evil", "\u00ff")),
          Map.entry("X-HTTP-Method-Override", List.of("DELETE", "FOO")),
          Map.entry("Forwarded", List.of("for=\"", "for=_;by=;;", "host=evil")),
          Map.entry("Cookie", List.of("=", "a=b; ".repeat(1_000), "\u00ff=\u00fe", "a")),
          Map.entry("Origin", List.of("", "null", "http://evil.example", "\u00ff")),
          Map.entry("Device-Id", List.of("", "\u00ff", "a".repeat(5_000))),
          Map.entry("Upgrade", List.of("h2c", "websocket", "TLS/1.0")),
          Map.entry("Connection", List.of("upgrade", "Host", "a, b")),
          Map.entry("User-Agent", List.of("", "\u00ff", "a".repeat(5_000))),
          Map.entry("X-Unheard-Of", List.of("", "\u0001\u007f", "a".repeat(9_000))));

  private HostileValues() {}

  /** A text of random characters of all planes; no half of a surrogate pair. */
  static String anyText(RandomGenerator random) {
    int length = 1 + random.nextInt(40);
    StringBuilder text = new StringBuilder();
    while (length-- > 0) {
      int plane = random.nextInt(4) == 0 ? random.nextInt(17) : 0;
      int point = plane * 0x10000 + random.nextInt(plane == 0 ? 0x3000 : 0x10000);
      text.appendCodePoint(point);
    }
    return text.toString();
  }

  /** Values of a field as they'd stand in a body; each character is a byte. */
  static List<String> inJson(RandomGenerator random) {
    List<String> all = new ArrayList<>(ONLY_JSON);
    all.addAll(BYTES);
    NUMBERS.forEach(all::add);
    List<String> texts = new ArrayList<>(TEXTS);
    texts.addAll(NUMBERS);
    texts.addAll(TIMES);
    for (int i = 0; i < 5; i++) {
      texts.add(anyText(random));
    }
    texts.forEach(text -> all.add(bytes(quoted(text))));
    return all;
  }

  /** Values of a parameter as they'd stand in an address, encoded or not. */
  static List<String> inAddress(RandomGenerator random) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "%",
                "%zz",
                "%u0041",
                "%c0%af",
                "%ff%fe",
                "%ed%a0%80",
                "%f4%90%80%80",
                "%e2%82",
                "%252e%252e%252f",
                "..%2f..%2fetc%2fpasswd",
                "%2e%2e",
                "%00",
                "%0d%0aSet-Cookie:%20a=b",
                ";jsessionid=1",
                "a;b=c",
                "a%3bb",
                "\u00ff\u00fe",
                "\u00c3\u00a9",
                "{id}",
                "[1]",
                "a|b",
                "\"",
                "<>",
                "^`"));
    List<String> texts = new ArrayList<>(TEXTS);
    texts.addAll(NUMBERS);
    texts.addAll(TIMES);
    for (int i = 0; i < 3; i++) {
      texts.add(anyText(random));
    }
    for (String text : texts) {
      if (text.length() <= 5_000) {
        all.add(percent(text));
        // Also as a cursor that we never gave.
        all.add(base64(text));
      }
    }
    return all;
  }

  /** Whole bodies. */
  static List<String> bodies() {
    List<String> all = new ArrayList<>(ONLY_JSON);
    all.addAll(BYTES);
    all.addAll(NUMBERS);
    all.addAll(
        List.of(
            "",
            " ",
            "{",
            "}",
            "{\"a\"",
            "{\"a\":}",
            "\u001f\u008b\b\u0000",
            "{}{}",
            "{}garbage",
            "\u00fe\u00ff\u0000{\u0000}",
            "--x\r\n\r\n--x--",
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\u0000\"\r\n\r\na\r\n--x--\r\n",
            "--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\na\r\n--x--\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n"
                + "Content-Type: a;charset=none\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n--x--\r\n",
            "--x\r\n" + "A: b\r\n".repeat(5_000) + "\r\na\r\n--x--\r\n",
            "a".repeat(300_000)));
    return all;
  }

  /** A text in UTF-8 as characters that are its bytes. */
  static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  static String percent(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z') {
        encoded.append((char) b);
      } else {
        encoded.append("%%%02X".formatted(b));
      }
    }
    return encoded.toString();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static String fields(int many) {
    StringBuilder fields = new StringBuilder("{");
    for (int i = 0; i < many; i++) {
      fields.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":").append(i);
    }
    return fields.append('}').toString();
  }
}
