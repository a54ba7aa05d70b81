import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sapl.api.interpreter.Val;
import io.sapl.api.pdp.AuthorizationSubscription;
import io.sapl.api.pdp.Decision;
import io.sapl.interpreter.DefaultSAPLInterpreter;
import io.sapl.interpreter.combinators.PolicyDocumentCombiningAlgorithm;
import io.sapl.interpreter.functions.AnnotationFunctionContext;
import io.sapl.interpreter.pip.AnnotationAttributeContext;
import io.sapl.pdp.EmbeddedPolicyDecisionPoint;
import io.sapl.pdp.config.VariablesAndCombinatorSource;
import io.sapl.pdp.config.fixed.FixedFunctionsAndAttributesPDPConfigurationProvider;
import io.sapl.prp.GenericInMemoryIndexedPolicyRetrievalPointSource;
import io.sapl.prp.PrpUpdateEvent;
import io.sapl.prp.PrpUpdateEventSource;
import io.sapl.prp.index.canonical.CanonicalImmutableParsedDocumentIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** SAPL embedded, with its canonical index: bench/peers/run.py says what is read and printed. */
public final class SaplPeer {
  private record Ask(String name, AuthorizationSubscription subscription) {}

  private static EmbeddedPolicyDecisionPoint load(Path file) throws IOException {
    var interpreter = new DefaultSAPLInterpreter();
    var updates = new ArrayList<PrpUpdateEvent.Update>();
    for (String text : Files.readAllLines(file)) {
      var document = interpreter.parseDocument(text);
      if (document.isInvalid()) throw new IllegalStateException(document.errorMessage());
      updates.add(new PrpUpdateEvent.Update(PrpUpdateEvent.Type.PUBLISH, document));
    }
    updates.add(new PrpUpdateEvent.Update(PrpUpdateEvent.Type.CONSISTENT, null));
    var event = new PrpUpdateEvent(updates);
    var attributes = new AnnotationAttributeContext();
    var functions = new AnnotationFunctionContext();
    var index = new CanonicalImmutableParsedDocumentIndex(attributes, functions);
    var source = new PrpUpdateEventSource() {
      @Override
      public Flux<PrpUpdateEvent> getUpdates() {
        return Flux.just(event).concatWith(Flux.never());
      }

      @Override
      public void dispose() {}
    };
    var settings = new VariablesAndCombinatorSource() {
      @Override
      public Flux<Optional<PolicyDocumentCombiningAlgorithm>> getCombiningAlgorithm() {
        return Flux.just(Optional.of(PolicyDocumentCombiningAlgorithm.DENY_OVERRIDES));
      }

      @Override
      public Flux<Optional<Map<String, Val>>> getVariables() {
        return Flux.just(Optional.of(Map.of()));
      }
    };
    return new EmbeddedPolicyDecisionPoint(new FixedFunctionsAndAttributesPDPConfigurationProvider(attributes, functions,
        settings, List.of(), List.of(), new GenericInMemoryIndexedPolicyRetrievalPointSource(index, source)));
  }

  private static Ask ask(String line) {
    String[] words = line.split("\t");
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode subject = json.objectNode().put("name", "ann").put("team", "blue").put("tls", true);
    ObjectNode resource = json.objectNode().put("bucket", words[2]).put("key", words[3]);
    return new Ask(words[0], new AuthorizationSubscription(subject, TextNode.valueOf(words[1]), resource, null));
  }

  private static boolean allowed(EmbeddedPolicyDecisionPoint pdp, Ask ask) {
    return pdp.decide(ask.subscription).blockFirst().getDecision() == Decision.PERMIT;
  }

  /** Median of five rounds of a tenth of a second, in nanoseconds for each decision, after one second to warm up. */
  private static double measure(EmbeddedPolicyDecisionPoint pdp, Ask ask) {
    round(pdp, ask, 1_000_000_000L);
    double[] rounds = new double[5];
    for (int i = 0; i < rounds.length; ++i) rounds[i] = round(pdp, ask, 100_000_000L);
    Arrays.sort(rounds);
    return rounds[2];
  }

  private static double round(EmbeddedPolicyDecisionPoint pdp, Ask ask, long nanoseconds) {
    long begin = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - begin < nanoseconds) {
      allowed(pdp, ask);
      ++count;
    }
    return (double) (System.nanoTime() - begin) / count;
  }

  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      EmbeddedPolicyDecisionPoint pdp = load(Path.of(folder, "policies.sapl"));
      List<Ask> asks = Files.readAllLines(Path.of(folder, "asks.tsv")).stream().map(SaplPeer::ask).toList();
      StringBuilder decisions = new StringBuilder();
      for (Ask ask : asks) decisions.append(allowed(pdp, ask) ? '1' : '0');
      System.out.println(folder + "\tdecisions\t" + decisions);
      for (Ask ask : asks) {
        if (!ask.name.equals("random")) System.out.printf("%s\tns\t%s\t%.1f%n", folder, ask.name, measure(pdp, ask));
      }
    }
    System.exit(0);
  }
}
