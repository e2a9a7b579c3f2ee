package app.heyblue.kernel.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemException.InputError;
import app.heyblue.kernel.ProblemType;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;

/** The one place where exceptions become problem documents. */
class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final Map<Integer, ProblemType> BY_STATUS =
      new CommonProblems()
          .types().stream()
              .filter(type -> !type.equals(CommonProblems.INVALID_INPUT))
              .filter(type -> !type.equals(CommonProblems.MALFORMED_CURSOR))
              .filter(type -> !type.slug().startsWith("idempotency"))
              .collect(Collectors.toMap(ProblemType::status, type -> type));

  @ServerExceptionMapper
  Response refusal(ProblemException problem) {
    return ProblemDocument.of(problem);
  }

  @ServerExceptionMapper
  Response constraint(ConstraintViolationException e) {
    return ProblemDocument.invalid(
        e.getConstraintViolations().stream()
            .map(violation -> new InputError(pointer(violation), violation.getMessage()))
            .sorted((a, b) -> a.pointer().compareTo(b.pointer()))
            .toList());
  }

  @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
  Response json(JsonProcessingException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          ProblemDocument.invalid(
              List.of(
                  new InputError(
                      pointer(unknown), "There is no such field here" + knownFields(unknown))));
      case InvalidFormatException format ->
          ProblemDocument.invalid(
              List.of(
                  new InputError(
                      pointer(format), "Not " + expected(format.getTargetType()) + ".")));
      case ValueInstantiationException value ->
          ProblemDocument.invalid(
              List.of(
                  new InputError(
                      pointer(value),
                      value.getCause() == null
                          ? "Not acceptable."
                          : Objects.toString(value.getCause().getMessage(), "Not acceptable."))));
      case MismatchedInputException mismatch when !mismatch.getPath().isEmpty() ->
          ProblemDocument.invalid(
              List.of(
                  new InputError(
                      pointer(mismatch), "Not " + expected(mismatch.getTargetType()) + ".")));
      default ->
          ProblemDocument.of(
              CommonProblems.MALFORMED,
              "The body is not the JSON that is expected here" + place(e.getLocation()) + ".");
    };
  }

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  Response unauthenticated(SecurityException e) {
    return ProblemDocument.of(
        CommonProblems.UNAUTHENTICATED,
        e instanceof UnauthorizedException
            ? "This operation needs an access token in `Authorization: Bearer`."
            : "The access token isn't valid, or not any more. Renew it by POST"
                + " /api/v1/sessions/refresh, or sign in again.");
  }

  @ServerExceptionMapper(ForbiddenException.class)
  Response forbidden(ForbiddenException e) {
    return ProblemDocument.of(
        CommonProblems.FORBIDDEN, "You are signed in, but this operation is for others.");
  }

  @ServerExceptionMapper
  Response web(WebApplicationException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonProcessingException json) {
        return json(json);
      }
      if (cause instanceof ProblemException problem) {
        return ProblemDocument.of(problem);
      }
      if (cause instanceof IOException io) {
        return body(io);
      }
    }
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    ProblemType type = BY_STATUS.get(status);
    if (type != null && status != 500) {
      return ProblemDocument.of(type, type.explanation());
    }
    if (status < 500) {
      return ProblemDocument.of(CommonProblems.MALFORMED, "The request can't be read.");
    }
    return unexpected(e);
  }

  /** Bodies that break off, and characters that are none. */
  @ServerExceptionMapper
  Response body(IOException e) {
    return switch (e) {
      case UnsupportedEncodingException charset ->
          ProblemDocument.of(
              CommonProblems.UNSUPPORTED_MEDIA_TYPE, "JSON is written in UTF-8 (RFC 8259).");
      case CharConversionException characters ->
          ProblemDocument.of(CommonProblems.MALFORMED, "The body is not text in UTF-8.");
      case IOException gone when isHungUp(gone) ->
          ProblemDocument.of(CommonProblems.MALFORMED, "Whoever asked has hung up.");
      default ->
          String.valueOf(e.getMessage()).contains("multipart") ? brokenUpload(e) : unexpected(e);
    };
  }

  /** Whether it failed because nobody is there any more who would read the answer. */
  private static boolean isHungUp(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
        .anyMatch(c -> c instanceof HttpClosedException || c instanceof ClosedChannelException);
  }

  @ServerExceptionMapper(MultipartParser.MalformedMessageException.class)
  Response brokenUpload(Exception e) {
    return ProblemDocument.of(
        CommonProblems.MALFORMED,
        "The upload is not whole multipart/form-data (RFC 7578). Send it again.");
  }

  @ServerExceptionMapper
  Response unexpected(Throwable e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return ProblemDocument.of(problem);
      }
    }
    if (DatabaseFailures.isPassing(e)) {
      LOG.warnf("A request was refused because the database is away: %s", e.getMessage());
      return ProblemDocument.of(
          CommonProblems.UNAVAILABLE,
          "The database is away for a moment. Nothing was half done; try again.");
    }
    LOG.error("A request failed unexpectedly", e);
    return ProblemDocument.of(CommonProblems.INTERNAL, CommonProblems.INTERNAL.explanation());
  }

  private static String pointer(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step ->
                step.getFieldName() != null
                    ? step.getFieldName().replace("~", "~0").replace("/", "~1")
                    : String.valueOf(step.getIndex()))
        .collect(Collectors.joining("/", "/", ""));
  }

  private static String pointer(ConstraintViolation<?> violation) {
    StringBuilder pointer = new StringBuilder();
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getKind() == ElementKind.METHOD || node.getKind() == ElementKind.PARAMETER) {
        continue;
      }
      if (node.getIndex() != null) {
        pointer.append('/').append(node.getIndex());
      }
      if (node.getName() != null && !node.getName().startsWith("<")) {
        pointer.append('/').append(node.getName());
      }
    }
    if (pointer.isEmpty()) {
      for (Path.Node node : violation.getPropertyPath()) {
        pointer.replace(0, pointer.length(), Objects.toString(node.getName(), ""));
      }
    }
    return pointer.toString();
  }

  private static String knownFields(UnrecognizedPropertyException e) {
    return e.getKnownPropertyIds() == null || e.getKnownPropertyIds().isEmpty()
        ? "."
        : "; known are "
            + e.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "))
            + ".";
  }

  private static String expected(Class<?> type) {
    if (type == null) {
      return "acceptable";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "a boolean";
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "a whole number in range";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type.isEnum()) {
      return "one of the known values";
    }
    if (java.time.temporal.Temporal.class.isAssignableFrom(type)) {
      return "a time as in RFC 3339";
    }
    return "of the expected form";
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
