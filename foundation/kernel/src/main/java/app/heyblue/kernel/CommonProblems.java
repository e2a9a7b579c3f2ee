package app.heyblue.kernel;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The problems that any operation can answer. */
@ApplicationScoped
public class CommonProblems implements ProblemCatalog {
  public static final ProblemType MALFORMED =
      new ProblemType(
          "malformed",
          "The request can't be read",
          400,
          "The body is not JSON as the operation expects it, or a parameter has another form. The"
              + " detail names the place.");
  public static final ProblemType INVALID_INPUT =
      new ProblemType(
          "invalid-input",
          "Some values are not acceptable",
          400,
          "Each entry of `errors` names a place in the input by a JSON pointer and says what is"
              + " expected there. Nothing was changed.");
  public static final ProblemType MALFORMED_CURSOR =
      new ProblemType(
          "malformed-cursor",
          "Not a cursor of this list",
          400,
          "`after` takes the `next` of an earlier page of the same list, unchanged.");
  public static final ProblemType UNAUTHENTICATED =
      new ProblemType(
          "unauthenticated",
          "Sign in first",
          401,
          "The operation needs an `Authorization: Bearer` header with a valid access token. Tokens"
              + " live 15 minutes; renew yours by POST /api/v1/sessions/refresh.");
  public static final ProblemType FORBIDDEN =
      new ProblemType(
          "forbidden",
          "Not yours to do",
          403,
          "You are signed in, but this operation or this object is for others.");
  public static final ProblemType NOT_FOUND =
      new ProblemType(
          "not-found",
          "There is nothing here",
          404,
          "No object has this id, or no page this path.");
  public static final ProblemType METHOD_NOT_ALLOWED =
      new ProblemType(
          "method-not-allowed",
          "This path doesn't take that method",
          405,
          "The OpenAPI document at /openapi lists the methods of each path.");
  public static final ProblemType NOT_ACCEPTABLE =
      new ProblemType(
          "not-acceptable",
          "No such representation",
          406,
          "The operation can't answer in any type of your `Accept` header.");
  public static final ProblemType CONFLICT =
      new ProblemType(
          "conflict", "It conflicts with what is there", 409, "Read the current state and decide.");
  public static final ProblemType STALE =
      new ProblemType(
          "stale",
          "Somebody changed it since",
          412,
          "`If-Match` names an older version. Fetch the object again, and repeat with its new ETag"
              + " if the change still makes sense.");
  public static final ProblemType PRECONDITION_REQUIRED =
      new ProblemType(
          "precondition-required",
          "Say which version you change",
          428,
          "Send the object's ETag as `If-Match`, so that nobody's change is overwritten.");
  public static final ProblemType TOO_LARGE =
      new ProblemType(
          "too-large", "The body is too large", 413, "The detail says how much is accepted.");
  public static final ProblemType ADDRESS_TOO_LONG =
      new ProblemType(
          "address-too-long",
          "The address is too long",
          414,
          "Shorten the query; nothing that the OpenAPI document allows is as long.");
  public static final ProblemType HEADERS_TOO_LARGE =
      new ProblemType(
          "headers-too-large",
          "The headers are too large",
          431,
          "Send fewer or smaller headers; the detail says how much is accepted.");
  public static final ProblemType UNSUPPORTED_MEDIA_TYPE =
      new ProblemType(
          "unsupported-media-type",
          "Not a type that this operation reads",
          415,
          "Send `Content-Type: application/json` unless the OpenAPI document says otherwise.");
  public static final ProblemType TOO_MANY_REQUESTS =
      new ProblemType(
          "too-many-requests", "Too many requests", 429, "Wait as long as `Retry-After` says.");
  public static final ProblemType IDEMPOTENCY_KEY_MISSING =
      new ProblemType(
          "idempotency-key-missing",
          "An Idempotency-Key is needed",
          400,
          "Operations that move points need an `Idempotency-Key` header: a text of your own, new"
              + " for each intention and the same for each retry of it.");
  public static final ProblemType IDEMPOTENCY_KEY_REUSED =
      new ProblemType(
          "idempotency-key-reused",
          "This key was used for another request",
          422,
          "The same `Idempotency-Key` came with another body before. Use a new key for a new"
              + " intention.");
  public static final ProblemType IDEMPOTENCY_KEY_IN_USE =
      new ProblemType(
          "idempotency-key-in-use",
          "The first request with this key is still running",
          409,
          "Wait a moment and repeat the same request.");
  public static final ProblemType INTERNAL =
      new ProblemType(
          "internal",
          "Something went wrong here",
          500,
          "It's not your fault, and nothing was half done. The operator finds the cause in the log.");
  public static final ProblemType UNAVAILABLE =
      new ProblemType(
          "unavailable",
          "Not available right now",
          503,
          "Try again after the time in `Retry-After`.");

  @Override
  public List<ProblemType> types() {
    return List.of(
        MALFORMED,
        INVALID_INPUT,
        MALFORMED_CURSOR,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        NOT_ACCEPTABLE,
        CONFLICT,
        STALE,
        PRECONDITION_REQUIRED,
        TOO_LARGE,
        ADDRESS_TOO_LONG,
        HEADERS_TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE,
        TOO_MANY_REQUESTS,
        IDEMPOTENCY_KEY_MISSING,
        IDEMPOTENCY_KEY_REUSED,
        IDEMPOTENCY_KEY_IN_USE,
        INTERNAL,
        UNAVAILABLE);
  }
}
