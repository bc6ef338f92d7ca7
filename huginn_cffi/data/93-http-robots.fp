; Robots that ask over HTTP, by their own word in the User-Agent.
;
; These lines are specific and stand above those of browsers: an agent that drives a browser sends its
; headers, but says who it is. Words that browsers and libraries say as well are left out.

classes = win,unix,other

[http:request]

label = s:!:Googlebot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Googlebot]::

label = s:!:Bingbot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[bingbot]::

label = s:!:YandexBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[YandexBot]::

label = s:!:Baiduspider:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Baiduspider]::

label = s:!:DuckDuckBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[DuckDuckBot]::

label = s:!:Applebot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Applebot]::

label = s:!:AhrefsBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[AhrefsBot]::

label = s:!:SemrushBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[SemrushBot]::

label = s:!:MJ12bot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[MJ12bot]::

label = s:!:DotBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[DotBot]::

label = s:!:PetalBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[PetalBot]::

label = s:!:Bytespider:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Bytespider]::

label = s:!:Amazonbot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Amazonbot]::

label = s:!:GPTBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[GPTBot]::

label = s:!:OAI-SearchBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[OAI-SearchBot]::

label = s:!:ChatGPT-User:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[ChatGPT-User]::

label = s:!:ClaudeBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[ClaudeBot]::

label = s:!:PerplexityBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[PerplexityBot]::

label = s:!:CCBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[CCBot]::

label = s:!:Facebook:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[facebookexternalhit]::
sig   = *:User-Agent=[meta-externalagent]::

label = s:!:Twitterbot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Twitterbot]::

label = s:!:LinkedInBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[LinkedInBot]::

label = s:!:Slackbot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Slackbot]::

label = s:!:Discordbot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Discordbot]::

label = s:!:TelegramBot:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[TelegramBot]::

label = s:!:Internet Archive:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[archive.org_bot]::

label = s:!:Censys:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[CensysInspect]::

label = s:!:ZGrab:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[zgrab]::

label = s:!:Nmap Scripting Engine:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Nmap Scripting Engine]::

label = s:!:Nikto:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Nikto]::

label = s:!:sqlmap:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[sqlmap/]::

label = s:!:Nuclei:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[Nuclei]::

label = s:!:WPScan:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[WPScan]::

label = s:!:masscan:
sys   =
; source: its maker's documentation; medium
sig   = *:User-Agent=[masscan/]::

label = s:!:AddSearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AddSearchBot]::

label = s:!:AgentTimes:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AgentTimes]::

label = s:!:AI2Bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AI2Bot]::

label = s:!:Ai2Bot-Dolma:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Ai2Bot-Dolma]::

label = s:!:aiHitBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[aiHitBot]::

label = s:!:AIWebIndex:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AIWebIndex]::

label = s:!:amazon-kendra:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[amazon-kendra]::

label = s:!:amazon-QBusiness:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[amazon-QBusiness]::

label = s:!:AmazonBuyForMe:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AmazonBuyForMe]::

label = s:!:Amzn-SearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Amzn-SearchBot]::

label = s:!:Amzn-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Amzn-User]::

label = s:!:Andibot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Andibot]::

label = s:!:Anomura:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Anomura]::

label = s:!:anthropic-ai:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[anthropic-ai]::

label = s:!:ApifyBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ApifyBot]::

label = s:!:ApifyWebsiteContentCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ApifyWebsiteContentCrawler]::

label = s:!:Aranet-SearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Aranet-SearchBot]::

label = s:!:atlassian-bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[atlassian-bot]::

label = s:!:Awario:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Awario]::

label = s:!:AzureAI-SearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[AzureAI-SearchBot]::

label = s:!:bedrockbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[bedrockbot]::

label = s:!:bigsur.ai:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[bigsur.ai]::

label = s:!:Bravebot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Bravebot]::

label = s:!:Brightbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Brightbot]::

label = s:!:BuddyBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[BuddyBot]::

label = s:!:Channel3Bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Channel3Bot]::

label = s:!:ChatGLM-Spider:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ChatGLM-Spider]::

label = s:!:ChatGPT Agent:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ChatGPT Agent]::

label = s:!:Claude-Code:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Claude-Code]::

label = s:!:Claude-SearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Claude-SearchBot]::

label = s:!:Claude-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Claude-User]::

label = s:!:Claude-Web:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Claude-Web]::

label = s:!:Cloudflare-AutoRAG:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Cloudflare-AutoRAG]::

label = s:!:CloudVertexBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[CloudVertexBot]::

label = s:!:cohere-ai:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[cohere-ai]::

label = s:!:cohere-training-data-crawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[cohere-training-data-crawler]::

label = s:!:Cotoyogi:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Cotoyogi]::

label = s:!:CragCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[CragCrawler]::

label = s:!:Crawl4AI:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Crawl4AI]::

label = s:!:Crawlspace:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Crawlspace]::

label = s:!:Cursor:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Cursor]::

label = s:!:Datenbank Crawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Datenbank Crawler]::

label = s:!:DeepSeekBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[DeepSeekBot]::

label = s:!:Devin:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Devin]::

label = s:!:Diffbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Diffbot]::

label = s:!:DuckAssistBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[DuckAssistBot]::

label = s:!:Echobot Bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Echobot Bot]::

label = s:!:EchoboxBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[EchoboxBot]::

label = s:!:ExaBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ExaBot]::

label = s:!:ExaSearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ExaSearchBot]::

label = s:!:FacebookBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[FacebookBot]::

label = s:!:Factset_spyderbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Factset_spyderbot]::

label = s:!:FirecrawlAgent:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[FirecrawlAgent]::

label = s:!:FriendlyCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[FriendlyCrawler]::

label = s:!:GeistHaus-PageFetcher:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[GeistHaus-PageFetcher]::

label = s:!:Gemini-Deep-Research:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Gemini-Deep-Research]::

label = s:!:Google-Agent:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Google-Agent]::

label = s:!:Google-Extended:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Google-Extended]::

label = s:!:Google-Firebase:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Google-Firebase]::

label = s:!:Google-Gemini-CLI:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Google-Gemini-CLI]::

label = s:!:GoogleAgent-Mariner:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[GoogleAgent-Mariner]::

label = s:!:GoogleAgent-URLContext:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[GoogleAgent-URLContext]::

label = s:!:GoogleOther:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[GoogleOther]::

label = s:!:HenkBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[HenkBot]::

label = s:!:iAskBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[iAskBot]::

label = s:!:iaskspider:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[iaskspider]::

label = s:!:ICC-Crawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ICC-Crawler]::

label = s:!:ImagesiftBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ImagesiftBot]::

label = s:!:imageSpider:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[imageSpider]::

label = s:!:img2dataset:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[img2dataset]::

label = s:!:ISSCyberRiskCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ISSCyberRiskCrawler]::

label = s:!:kagi-fetcher:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[kagi-fetcher]::

label = s:!:Kangaroo Bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Kangaroo Bot]::

label = s:!:Kimi-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Kimi-User]::

label = s:!:KlaviyoAIBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[KlaviyoAIBot]::

label = s:!:KunatoCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[KunatoCrawler]::

label = s:!:laion-huggingface-processor:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[laion-huggingface-processor]::

label = s:!:LAIONDownloader:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[LAIONDownloader]::

label = s:!:Lightpanda:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Lightpanda]::

label = s:!:LinerBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[LinerBot]::

label = s:!:Linguee Bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Linguee Bot]::

label = s:!:LinkupBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[LinkupBot]::

label = s:!:Manus-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Manus-User]::

label = s:!:Meta-ExternalAgent:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Meta-ExternalAgent]::

label = s:!:meta-externalfetcher:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[meta-externalfetcher]::

label = s:!:Meta-ExternalFetcher:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Meta-ExternalFetcher]::

label = s:!:meta-webindexer:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[meta-webindexer]::

label = s:!:MistralAI-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[MistralAI-User]::

label = s:!:Mozilla-Tabstack:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Mozilla-Tabstack]::

label = s:!:MyCentralAIScraperBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[MyCentralAIScraperBot]::

label = s:!:NagetBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[NagetBot]::

label = s:!:netEstate Imprint Crawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[netEstate Imprint Crawler]::

label = s:!:newsai:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[newsai]::

label = s:!:NotebookLM:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[NotebookLM]::

label = s:!:NovaAct:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[NovaAct]::

label = s:!:omgili:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[omgili]::

label = s:!:opencode:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[opencode]::

label = s:!:PanguBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[PanguBot]::

label = s:!:Panscient:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Panscient]::

label = s:!:panscient.com:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[panscient.com]::

label = s:!:Perplexity-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Perplexity-User]::

label = s:!:PhindBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[PhindBot]::

label = s:!:Poggio-Citations:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Poggio-Citations]::

label = s:!:Poseidon Research Crawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Poseidon Research Crawler]::

label = s:!:QualifiedBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[QualifiedBot]::

label = s:!:Querit-SearchBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Querit-SearchBot]::

label = s:!:QueritBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[QueritBot]::

label = s:!:QuillBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[QuillBot]::

label = s:!:quillbot.com:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[quillbot.com]::

label = s:!:Reflectionbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Reflectionbot]::

label = s:!:SBIntuitionsBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[SBIntuitionsBot]::

label = s:!:Scrapy:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Scrapy]::

label = s:!:Shap-User:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Shap-User]::

label = s:!:ShapBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ShapBot]::

label = s:!:Sidetrade indexer bot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Sidetrade indexer bot]::

label = s:!:TavilyBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[TavilyBot]::

label = s:!:Terra Cotta:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Terra Cotta]::

label = s:!:TerraCotta:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[TerraCotta]::

label = s:!:Thinkbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Thinkbot]::

label = s:!:TikTokSpider:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[TikTokSpider]::

label = s:!:Timpibot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Timpibot]::

label = s:!:TongyiBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[TongyiBot]::

label = s:!:TwinAgent:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[TwinAgent]::

label = s:!:UseAI:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[UseAI]::

label = s:!:VelenPublicWebCrawler:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[VelenPublicWebCrawler]::

label = s:!:WARDBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[WARDBot]::

label = s:!:Webzio-Extended:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[Webzio-Extended]::

label = s:!:webzio-extended:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[webzio-extended]::

label = s:!:wpbot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[wpbot]::

label = s:!:WRTNBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[WRTNBot]::

label = s:!:YandexAdditional:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[YandexAdditional]::

label = s:!:YiyanBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[YiyanBot]::

label = s:!:YouBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[YouBot]::

label = s:!:ZanistaBot:
sys   =
; source: ai.robots.txt (MIT), August 2026; medium
sig   = *:User-Agent=[ZanistaBot]::
