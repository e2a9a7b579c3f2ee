package app.heyblue.kernel;

/**
 * A kind of problem that the API can answer, with a page that explains it (RFC 9457).
 *
 * @param slug the last part of its address, {@code /problems/<slug>}
 * @param title what is wrong, the same at each occurrence
 * @param status the HTTP status, 400 to 599
 * @param explanation what it means and what to do, for the page; plain text
 */
public record ProblemType(String slug, String title, int status, String explanation) {

  /** An exception of this type with the detail of one occurrence. */
  public ProblemException raise(String detail) {
    return new ProblemException(this, detail);
  }
}
