package app.heyblue.security;

/** The roles for {@code @RolesAllowed}: one per kind of party, named as the contract names it. */
public final class Roles {
  public static final String CIVILIAN = "civilian";
  public static final String OFFICER = "officer";
  public static final String CHARITY = "charity";
  public static final String FAMILY = "family";
  public static final String MERCHANT = "merchant";
  public static final String ADMIN = "admin";

  private Roles() {}
}
