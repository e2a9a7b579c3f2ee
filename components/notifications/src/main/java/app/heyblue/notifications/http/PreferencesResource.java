package app.heyblue.notifications.http;

import app.heyblue.kernel.ETags;
import app.heyblue.kernel.Language;
import app.heyblue.kernel.ProblemException;
import app.heyblue.notifications.preferences.NotificationKind;
import app.heyblue.notifications.preferences.PreferenceEditor;
import app.heyblue.notifications.preferences.Preferences;
import app.heyblue.notifications.preferences.PushKind;
import app.heyblue.security.Caller;
import app.heyblue.security.CurrentCaller;
import app.heyblue.users.Profile;
import app.heyblue.users.Users;
import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the caller wants to be told, and in which language. */
@Path("/api/v1/me/notification-preferences")
@Tag(name = "Notifications", description = "What people are told, and what they want to be told.")
@Produces(MediaType.APPLICATION_JSON)
class PreferencesResource {
  private final PreferenceEditor editor;
  private final Users users;
  private final CurrentCaller caller;

  PreferencesResource(PreferenceEditor editor, Users users, CurrentCaller caller) {
    this.editor = editor;
    this.users = users;
    this.caller = caller;
  }

  /**
   * Preferences as they are read and written.
   *
   * @param mail by kind, whether a mail is wanted; one a day and kind at most
   * @param push by kind, whether an alert is pushed to the caller's browsers while no live socket
   *     is open; absent when writing, it stays as it is
   * @param language set by {@code PATCH /me}, since it holds for more than mails; may be absent
   *     when writing
   * @param always what can't be switched off; may be absent when writing
   */
  record Body(
      @NotNull @Size(max = 20) Map<@Size(max = 50) String, @NotNull Boolean> mail,
      @Nullable @Size(max = 20) Map<@Size(max = 50) String, @NotNull Boolean> push,
      @Nullable Language language,
      @Nullable @Size(max = 20) List<String> always) {}

  @GET
  @Authenticated
  @Operation(summary = "What the caller is told by mail and push, with its ETag")
  @APIResponse(
      responseCode = "200",
      description = "The preferences",
      content = @Content(schema = @Schema(implementation = Body.class)))
  public Response read() {
    Caller me = caller.get();
    return answer(me, editor.read(me.userId()));
  }

  @PUT
  @Authenticated
  @Operation(
      summary = "Replace what the caller is told by mail and push; needs If-Match",
      description =
          "A kind that isn't named is off; without `push`, that stays as it is. Codes and mails about the application and the account's"
              + " security are always sent. The language is changed by PATCH /me.")
  @APIResponse(
      responseCode = "200",
      description = "The preferences after the change",
      content = @Content(schema = @Schema(implementation = Body.class)))
  @APIResponse(responseCode = "412", description = "Somebody changed them since")
  @APIResponse(responseCode = "422", description = "Something that is always sent")
  @APIResponse(responseCode = "428", description = "If-Match is missing")
  public Response replace(
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @NotNull @Valid Body body) {
    Caller me = caller.get();
    if (body.language() != null && body.language() != language(me)) {
      throw ProblemException.invalid("/language", "Change the language by PATCH /me, `locale`.");
    }
    return answer(me, editor.replace(me.userId(), me.kind(), ifMatch, body.mail(), body.push()));
  }

  private Response answer(Caller me, Preferences preferences) {
    Map<String, Boolean> mail = new LinkedHashMap<>();
    NotificationKind.of(me.kind())
        .forEach(kind -> mail.put(kind.toString(), preferences.mail().contains(kind)));
    Map<String, Boolean> push = new LinkedHashMap<>();
    PushKind.of(me.kind())
        .forEach(kind -> push.put(kind.toString(), preferences.push().contains(kind)));
    return Response.ok(new Body(mail, push, language(me), NotificationKind.ALWAYS))
        .header(HttpHeaders.ETAG, ETags.of(preferences.version()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private Language language(Caller me) {
    return users.find(me.userId()).map(Profile::locale).orElse(Language.EN);
  }
}
