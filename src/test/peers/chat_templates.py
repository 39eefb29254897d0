"""Renders chat templates in the styles of the common model families with transformers, for ChatTemplateTest to compare with.

Needs: transformers, jinja2, tokenizers. Run: python src/test/peers/chat_templates.py
Writes src/test/resources/peers/chat/rendered.json. The templates are our own, written to use what such templates use.
"""
import json, pathlib
from tokenizers import Tokenizer, models
from transformers import PreTrainedTokenizerFast

TEMPLATES = {
    "llama3": (
        "{% set loop_messages = messages %}{% for message in loop_messages %}"
        "{% set content = '<|head|>' + message['role'] + '<|/head|>\n\n'+ message['content'] | trim + '<|over|>' %}"
        "{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|head|>assistant<|/head|>\n\n' }}{% endif %}"),
    "llama31": """{{- bos_token }}
{%- if custom_tools is defined %}
    {%- set tools = custom_tools %}
{%- endif %}
{%- if not tools_in_user_message is defined %}
    {%- set tools_in_user_message = true %}
{%- endif %}
{%- if not date_string is defined %}
    {%- set date_string = "1 May 2024" %}
{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}

{#- The system message goes first, whoever wrote it. #}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "<|head|>system<|/head|>\\n\\n" }}
{%- if tools is not none and not tools_in_user_message %}
    {{- "You may call functions.\\n" }}
    {%- for t in tools %}
        {{- t | tojson(indent=4) }}
    {%- endfor %}
{%- endif %}
{{- "Known until: March 2024\\n" }}
{{- "Today: " + date_string + "\\n\\n" }}
{{- system_message }}
{{- "<|over|>" }}
{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|head|>' + message['role'] + '<|/head|>\\n\\n'+ message['content'] | trim + '<|over|>' }}
    {%- elif 'tool_calls' in message %}
        {%- if not message.tool_calls|length == 1 %}
            {{- raise_exception("One call at a time!") }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|head|>assistant<|/head|>\\n\\n' }}
{%- endif %}
""",
    "qwen2": (
        "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
        "{{ '<|begin|>system\nYou are of use.<|end|>\n' }}{% endif %}"
        "{{'<|begin|>' + message['role'] + '\n' + message['content'] + '<|end|>' + '\n'}}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|begin|>assistant\n' }}{% endif %}"),
    "qwen3": """{%- if tools %}
    {{- '<|begin|>system\\n' }}
    {%- if messages[0].role == 'system' %}
        {{- messages[0].content + '\\n\\n' }}
    {%- endif %}
    {{- "# Tools" }}
    {%- for tool in tools %}
        {{- "\\n" }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- "<|end|>\\n" }}
{%- else %}
    {%- if messages[0].role == 'system' %}
        {{- '<|begin|>system\\n' + messages[0].content + '<|end|>\\n' }}
    {%- endif %}
{%- endif %}
{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<seen>') and message.content.endswith('</seen>')) %}
        {%- set ns.multi_step_tool = false %}
        {%- set ns.last_query_index = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.content is string %}
        {%- set content = message.content %}
    {%- else %}
        {%- set content = '' %}
    {%- endif %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|begin|>' + message.role + '\\n' + content + '<|end|>' + '\\n' }}
    {%- elif message.role == "assistant" %}
        {%- set thoughts = '' %}
        {%- if message.thoughts is string %}
            {%- set thoughts = message.thoughts %}
        {%- else %}
            {%- if '</think>' in content %}
                {%- set thoughts = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
                {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
            {%- endif %}
        {%- endif %}
        {%- if loop.index0 > ns.last_query_index %}
            {%- if loop.last or (not loop.last and thoughts) %}
                {{- '<|begin|>' + message.role + '\\n<think>\\n' + thoughts.strip('\\n') + '\\n</think>\\n\\n' + content.lstrip('\\n') }}
            {%- else %}
                {{- '<|begin|>' + message.role + '\\n' + content }}
            {%- endif %}
        {%- else %}
            {{- '<|begin|>' + message.role + '\\n' + content }}
        {%- endif %}
        {{- '<|end|>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|begin|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
    {%- endif %}
{%- endif %}""",
    "gemma2": (
        "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('No system role here') }}{% endif %}"
        "{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
        "{{ raise_exception('Turns must go user/assistant/user/assistant') }}{% endif %}"
        "{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}"
        "{{ '<turn>' + role + '\n' + message['content'] | trim + '</turn>\n' }}{% endfor %}"
        "{% if add_generation_prompt %}{{'<turn>model\n'}}{% endif %}"),
    "mistral1": (
        "{{ bos_token }}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
        "{{ raise_exception('Turns must alternate') }}{% endif %}{% if message['role'] == 'user' %}"
        "{{ '[ASK] ' + message['content'] + ' [/ASK]' }}{% elif message['role'] == 'assistant' %}"
        "{{ message['content'] + eos_token + ' ' }}{% else %}{{ raise_exception('Only user and assistant!') }}{% endif %}{% endfor %}"),
    "mistral3": """{%- if messages[0]["role"] == "system" %}
    {%- set system_message = messages[0]["content"] %}
    {%- set loop_messages = messages[1:] %}
{%- else %}
    {%- set loop_messages = messages %}
{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}
{%- set user_messages = loop_messages | selectattr("role", "equalto", "user") | list %}

{%- set ns = namespace() %}
{%- set ns.index = 0 %}
{%- for message in loop_messages %}
    {%- if not (message.role == "tool" or message.role == "tool_results" or (message.tool_calls is defined and message.tool_calls is not none)) %}
        {%- if (message["role"] == "user") != (ns.index % 2 == 0) %}
            {{- raise_exception("Turns must alternate") }}
        {%- endif %}
        {%- set ns.index = ns.index + 1 %}
    {%- endif %}
{%- endfor %}

{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message["role"] == "user" %}
        {%- if loop.last and system_message is defined %}
            {{- "[ASK] " + system_message + "\\n\\n" + message["content"] + "[/ASK]" }}
        {%- else %}
            {{- "[ASK] " + message["content"] + "[/ASK]" }}
        {%- endif %}
    {%- elif message["role"] == "assistant" %}
        {{- " " + message["content"]|trim + eos_token}}
    {%- else %}
        {{- raise_exception("Only user and assistant roles!") }}
    {%- endif %}
{%- endfor %}
""",
    "smollm2": (
        "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
        "{{ '<|begin|>system\nYou are small and helpful<|end|>\n' }}{% endif %}"
        "{{'<|begin|>' + message['role'] + '\n' + message['content'] + '<|end|>' + '\n'}}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|begin|>assistant\n' }}{% endif %}"),
    "distill": (
        "{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}"
        "{% set ns = namespace(is_first=false, is_tool=false, system_prompt='') %}"
        "{%- for message in messages %}{%- if message['role'] == 'system' %}{% set ns.system_prompt = message['content'] %}{%- endif %}{%- endfor %}"
        "{{bos_token}}{{ns.system_prompt}}{%- for message in messages %}{%- if message['role'] == 'user' %}{%- set ns.is_tool = false -%}"
        "{{'<|User|>' + message['content']}}{%- endif %}{%- if message['role'] == 'assistant' and message['content'] is not none %}"
        "{% set content = message['content'] %}{% if '</think>' in content %}{% set content = content.split('</think>')[-1] %}{% endif %}"
        "{{'<|Assistant|>' + content + '<|done|>'}}{%- endif %}{%- endfor -%}"
        "{% if add_generation_prompt and not ns.is_tool %}{{'<|Assistant|><think>\\n'}}{% endif %}"),
    "blocks": """{% for message in messages %}
    {% if message.role == 'user' %}
<|user|>
{{ message.content }}{{ eos_token }}
    {% elif message.role == "system" %}
<|system|>
{{ message.content }}{{ eos_token }}
    {% else %}
<|assistant|>
{{ message.content }}{{ eos_token }}
    {% endif %}
    {% if loop.last and add_generation_prompt %}
<|assistant|>
    {% endif %}
{% endfor %}
""",
    "mixed": """{%- macro turn(role, text) -%}
<{{ role }}>{{ text }}</{{ role }}>
{%- endmacro -%}
{%- set names = {'user': 'U', 'assistant': 'A', 'system': 'S'} -%}
{%- for message in messages -%}
{{ turn(names[message.role], message['content']|trim) }}{{ "\\n" if not loop.last else "" }}
{%- endfor -%}
{%- for key, value in names.items() if value != 'S' %}{{ key ~ '=' ~ value ~ ';' }}{% endfor -%}
{{ messages | map(attribute='role') | join(',') }}|{{ messages | length }}|{{ (messages | last).role | upper }}|{{ 7 // 2 }}|{{ 7 % 4 }}|{{ 'x' * 3 }}
{%- if 'user' in names and not 'tool' in names %}|{{ messages[-1].content[:3] }}|{{ messages[-1]['content'].replace('a', 'o') }}|{{ true }}|{{ none }}|{{ 1.5 }}{% endif -%}
{{ messages[0].content.title() if messages[0].content is string else '' }}{{ messages[0].get('nothing', 'absent') }}
{%- generation %}{{ '!' }}{% endgeneration %}""",
}

TALKS = {
    "asked": [{"role": "user", "content": "How many legs has a cat?"}],
    "edges": [{"role": "user", "content": "  Über {{ braces }} & <tags>, {% raw %} \"quotes\" and 'more'\n\nbackslash \\n 😀\n"}],
    "system": [{"role": "system", "content": "Answer in one word."}, {"role": "user", "content": "Name a river."}],
    "turns": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "<think>\nwell\n</think>\n\nHello!"},
              {"role": "user", "content": "And again"}],
}


def main():
    base = Tokenizer(models.WordLevel({"a": 0, "<s>": 1, "</s>": 2}, unk_token="a"))
    cases = []
    for name, template in TEMPLATES.items():
        tokenizer = PreTrainedTokenizerFast(tokenizer_object=base, bos_token="<s>", eos_token="</s>", unk_token="a", chat_template=template)
        for talk, messages in TALKS.items():
            for generation in (False, True):
                try:
                    text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=generation)
                    error = None
                except Exception as e:
                    text, error = None, str(e)
                cases.append({"template": name, "talk": talk, "add_generation_prompt": generation, "text": text, "error": error})
    out = pathlib.Path(__file__).parent.parent / "resources/peers/chat/rendered.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps({"templates": TEMPLATES, "talks": TALKS, "bos_token": "<s>", "eos_token": "</s>", "cases": cases},
                              ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
