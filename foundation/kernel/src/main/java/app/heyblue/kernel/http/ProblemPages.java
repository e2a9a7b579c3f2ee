package app.heyblue.kernel.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemCatalog;
import app.heyblue.kernel.ProblemType;
import io.quarkus.arc.All;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A page for each kind of problem, at the address that its {@code type} names. */
@Path("/problems")
@PermitAll
@Tag(name = "Problems")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class ProblemPages {
  private final List<ProblemType> types;

  ProblemPages(@All List<ProblemCatalog> catalogs) {
    this.types =
        catalogs.stream()
            .flatMap(catalog -> catalog.types().stream())
            .sorted(Comparator.comparing(ProblemType::slug))
            .toList();
  }

  @GET
  @Operation(summary = "All kinds of problems")
  public String all() {
    StringBuilder body = new StringBuilder("<h1>Problems</h1><ul>");
    for (ProblemType type : types) {
      body.append("<li><a href=\"/problems/")
          .append(type.slug())
          .append("\">")
          .append(escaped(type.title()))
          .append("</a> (")
          .append(type.status())
          .append(")</li>");
    }
    return page("Problems", body.append("</ul>").toString());
  }

  @GET
  @Path("/{slug}")
  @Operation(summary = "What a kind of problem means and what to do")
  public String one(@PathParam("slug") String slug) {
    ProblemType type =
        types.stream()
            .filter(candidate -> candidate.slug().equals(slug))
            .findFirst()
            .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("No kind of problem has this name."));
    return page(
        type.title(),
        "<p><code>%s</code> · HTTP status %d</p><h1>%s</h1><p>%s</p><p><a href=\"/problems\">All kinds of problems</a></p>"
            .formatted(
                escaped(type.slug()),
                type.status(),
                escaped(type.title()),
                escaped(type.explanation())));
  }

  private static String page(String title, String body) {
    return """
        <!doctype html><html lang="en"><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s · HeyBlue</title>
        <style>body{font:1.05rem/1.6 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;color:#12233d}
        h1{font-size:1.6rem}code{background:#eef3fb;padding:.1em .4em;border-radius:.3em}a{color:#1450a3}</style>
        <main>%s</main></html>
        """
        .formatted(escaped(title), body);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
