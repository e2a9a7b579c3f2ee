package app.heyblue.scoring.postgres;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.domain.Account;
import app.heyblue.scoring.domain.Written;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Transactions and their entries: written once, with the balances that they lead to. */
public final class EntryTable {
  private EntryTable() {}

  /** Writes transactions and their entries, and leaves the accounts as the last entries say. */
  public static void record(Handle tx, List<Written> written) {
    transactions(tx, written);
    entries(tx, written);
    Map<UserId, Account> accounts = new TreeMap<>(Comparator.comparing(UserId::value));
    for (Written one : written) {
      for (Written.Entry entry : one.entries()) {
        Account account = entry.account();
        if (account != null) {
          accounts.put(account.userId(), account);
        }
      }
    }
    AccountTable.leave(tx, accounts.values());
  }

  private static void transactions(Handle tx, List<Written> written) {
    tx.createUpdate(
            """
            insert into scoring.transaction (id, kind, rule_id, rule_version, explanation,
              reverses, message_sealed, recorded_at, content_hash)
            select id, kind, rule, version,
              array(select jsonb_array_elements_text(explanation::jsonb)), reverses,
              decode(message, 'base64'), at::timestamptz, decode(hash, 'hex')
            from unnest(:ids, :kinds, :rules, :versions, :explanations, :reverses, :messages,
              :times, :hashes)
              as u(id, kind, rule, version, explanation, reverses, message, at, hash)
            """)
        .bindArray("ids", UUID.class, column(written, one -> one.content().id()))
        .bindArray("kinds", String.class, column(written, one -> one.content().kind().toString()))
        .bindArray("rules", UUID.class, column(written, one -> one.content().ruleId()))
        .bindArray("versions", Integer.class, column(written, one -> one.content().ruleVersion()))
        .bindArray(
            "explanations",
            String.class,
            column(written, one -> json(one.posting().grounds().explanation())))
        .bindArray("reverses", UUID.class, column(written, one -> one.content().reverses()))
        .bindArray("messages", String.class, column(written, one -> one.content().message()))
        .bindArray(
            "times", String.class, column(written, one -> one.content().recordedAt().toString()))
        .bindArray("hashes", String.class, column(written, one -> one.content().hash()))
        .execute();
  }

  private static void entries(Handle tx, List<Written> written) {
    List<UUID> transactions = new ArrayList<>();
    List<Integer> ordinals = new ArrayList<>();
    List<Written.Entry> entries = new ArrayList<>();
    for (Written one : written) {
      for (int i = 0; i < one.entries().size(); i++) {
        transactions.add(one.content().id());
        ordinals.add(i + 1);
        entries.add(one.entries().get(i));
      }
    }
    tx.createUpdate(
            """
            insert into scoring.entry (transaction_id, ordinal, account, points, salt,
              balance_after, account_position)
            select transaction, ordinal, account, points, decode(salt, 'hex'), balance, position
            from unnest(:transactions, :ordinals, :accounts, :points, :salts, :balances,
              :positions)
              as u(transaction, ordinal, account, points, salt, balance, position)
            """)
        .bindArray("transactions", UUID.class, transactions)
        .bindArray("ordinals", Integer.class, ordinals)
        .bindArray("accounts", UUID.class, column(entries, entry -> entry.userId().value()))
        .bindArray("points", Long.class, column(entries, entry -> entry.movement().points()))
        .bindArray("salts", String.class, column(entries, entry -> hex(entry.salt())))
        .bindArray("balances", Long.class, column(entries, entry -> of(entry, Account::points)))
        .bindArray("positions", Long.class, column(entries, entry -> of(entry, Account::entries)))
        .execute();
  }

  /** Those of the transactions that have been reversed; certain while accounts are locked. */
  public static Set<UUID> reversed(Handle tx, Collection<UUID> transactions) {
    return tx.createQuery("select reverses from scoring.transaction where reverses = any(:ids)")
        .bindArray("ids", UUID.class, List.copyOf(transactions))
        .mapTo(UUID.class)
        .set();
  }

  /** What issuance has: as much below zero as all others have together. */
  public static long issuanceBalance(Handle tx) {
    return tx.createQuery(
            "select coalesce(sum(points), 0)::bigint from scoring.entry where account = :issuance")
        .bind("issuance", Scoring.ISSUANCE.value())
        .mapTo(Long.class)
        .one();
  }

  private static @Nullable Long of(Written.Entry entry, Function<Account, Long> value) {
    Account account = entry.account();
    return account == null ? null : value.apply(account);
  }

  private static <R, T extends @Nullable Object> List<T> column(
      List<R> rows, Function<R, T> value) {
    List<T> column = new ArrayList<>(rows.size());
    rows.forEach(row -> column.add(value.apply(row)));
    return column;
  }

  private static String json(List<String> texts) {
    try {
      return Json.mapper().writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable String hex(byte @Nullable [] salt) {
    return salt == null ? null : HexFormat.of().formatHex(salt);
  }
}
