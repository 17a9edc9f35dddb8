package host;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import org.apache.nifi.components.PropertyDescriptor;
import org.apache.nifi.expression.ExpressionLanguageScope;
import org.apache.nifi.processor.AbstractProcessor;
import org.apache.nifi.processor.ProcessContext;
import org.apache.nifi.processor.ProcessSession;
import org.apache.nifi.processor.Relationship;
import org.apache.nifi.processor.exception.ProcessException;
import org.apache.nifi.processor.util.StandardValidators;

/** Does what NiFi's ExecuteScript does, whose artifact brings engines of other languages along. */
public final class ExecutePython extends AbstractProcessor {

    static final PropertyDescriptor SCRIPT_FILE = new PropertyDescriptor.Builder()
            .name("Script File")
            .required(true)
            .addValidator(StandardValidators.FILE_EXISTS_VALIDATOR)
            .build();

    static final Relationship SUCCESS =
            new Relationship.Builder().name("success").build();
    static final Relationship FAILURE =
            new Relationship.Builder().name("failure").build();

    private final ScriptEngine engine = new ScriptEngineManager().getEngineByName("cpython");

    @Override
    protected List<PropertyDescriptor> getSupportedPropertyDescriptors() {
        return List.of(SCRIPT_FILE);
    }

    @Override
    protected PropertyDescriptor getSupportedDynamicPropertyDescriptor(String name) {
        return new PropertyDescriptor.Builder()
                .name(name)
                .dynamic(true)
                .expressionLanguageSupported(ExpressionLanguageScope.FLOWFILE_ATTRIBUTES)
                .addValidator(StandardValidators.NON_EMPTY_VALIDATOR)
                .build();
    }

    @Override
    public Set<Relationship> getRelationships() {
        return Set.of(SUCCESS, FAILURE);
    }

    @Override
    public void onTrigger(ProcessContext context, ProcessSession session) {
        Bindings bindings = engine.getBindings(ScriptContext.ENGINE_SCOPE);
        bindings.put("session", session);
        bindings.put("context", context);
        bindings.put("log", getLogger());
        bindings.put("REL_SUCCESS", SUCCESS);
        bindings.put("REL_FAILURE", FAILURE);
        for (Map.Entry<PropertyDescriptor, String> property :
                context.getProperties().entrySet()) {
            if (property.getKey().isDynamic()) {
                String name = property.getKey().getName();
                bindings.put(name, context.getProperty(name));
            }
        }
        Path file = Path.of(context.getProperty(SCRIPT_FILE).getValue());
        try (Reader script = Files.newBufferedReader(file)) {
            bindings.put(ScriptEngine.FILENAME, file.toString());
            engine.eval(script);
            session.commitAsync();
        } catch (Exception e) {
            session.rollback(true);
            throw new ProcessException(e);
        }
    }
}
