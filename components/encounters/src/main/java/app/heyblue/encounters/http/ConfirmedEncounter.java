package app.heyblue.encounters.http;

import app.heyblue.encounters.meeting.Encounter.Confirmed;
import app.heyblue.encounters.paying.Paid;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** A meeting that was paid, as its scan or acceptance is answered. */
record ConfirmedEncounter(UUID id, String status, UUID transactionId, Earned points, String quote) {

  /** What each of the two earned. */
  record Earned(long civilian, long officer) {}

  static Response answer(Paid paid) {
    Confirmed confirmed = paid.confirmed();
    Response.ResponseBuilder response =
        Response.status(Response.Status.CREATED)
            .entity(
                new ConfirmedEncounter(
                    paid.encounter(),
                    "confirmed",
                    confirmed.transactionId(),
                    new Earned(confirmed.civilianPoints(), confirmed.officerPoints()),
                    confirmed.quote()));
    return paid.replayed()
        ? response.header("Idempotency-Replayed", "true").build()
        : response.build();
  }
}
