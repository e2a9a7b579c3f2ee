package app.heyblue.tracking.engine;

import app.heyblue.kernel.UserId;

/**
 * An officer near a civilian.
 *
 * @param cell the officer's published cell
 * @param rings how many rings of cells lie between the two, 0 for the same cell
 */
public record NearOfficer(UserId officer, long cell, int rings) {}
