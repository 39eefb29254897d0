package org.gapexplorer.explorer.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;

/** JSON has no NaN: what is not defined is null. */
@Singleton
public class Json implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
        JsonSerializer<Double> number = new JsonSerializer<>() {
            @Override
            public void serialize(Double value, JsonGenerator out, SerializerProvider all) throws IOException {
                if (value.isNaN() || value.isInfinite()) out.writeNull();
                else out.writeNumber(value);
            }
        };
        mapper.registerModule(
                new SimpleModule("finite").addSerializer(Double.class, number).addSerializer(double.class, number));
    }
}
